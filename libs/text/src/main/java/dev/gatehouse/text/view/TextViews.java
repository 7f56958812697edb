package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.List;

/**
 * All readings of a text.
 *
 * @param views    the original first, the canonical reading second, then second readings and payloads in the order they were found; a
 *                 canonical reading equal to the original is the same text with the same offsets
 * @param complete false when a bound cut the decoding, so that something encoded may not have been read
 */
public record TextViews(List<View> views, boolean complete) {

    public TextViews {
        views = List.copyOf(views);
    }

    /** Reads {@code original}. Linear in its length plus that of what is decoded, which {@code bounds} limit. */
    public static TextViews of(String original, Bounds bounds) {
        return new Reader(bounds).read(original);
    }

    public View original() {
        return views.get(0);
    }

    public View canonical() {
        return views.get(1);
    }

    /** What one reading of one text needs to know. */
    private static final class Reader {
        private final Bounds bounds;
        private final List<View> views = new ArrayList<>();
        private int charsLeft;
        private int payloadsLeft;
        private boolean complete = true;

        Reader(Bounds bounds) {
            this.bounds = bounds;
            charsLeft = bounds.maxDecodedChars();
            payloadsLeft = bounds.maxPayloads();
        }

        TextViews read(String original) {
            MappedText source = MappedText.original(original);
            add(View.Kind.ORIGINAL, source);
            read(View.Kind.CANONICAL, source, 0);
            return new TextViews(views, complete);
        }

        private void read(View.Kind kind, MappedText source, int depth) {
            Canonical canonical = Canonical.of(source);
            add(kind, canonical.folded());
            if (canonical.survey().leet()) {
                add(View.Kind.LEET, Leet.read(canonical.folded()));
            }
            if (canonical.visible() != canonical.folded()) {
                decode(HiddenRuns.find(canonical.visible().text()), canonical.visible(), depth);
            }
            decode(Payloads.find(canonical.folded().text(), canonical.survey()), canonical.folded(), depth);
        }

        private void add(View.Kind kind, MappedText text) {
            views.add(new View(kind, text.text(), text.map()));
        }

        private void decode(List<Payload> payloads, MappedText source, int depth) {
            for (Payload payload : payloads) {
                MappedText decoded = placed(payload.decoded(), source.map());
                if (admits(decoded.text().length(), depth)) {
                    read(payload.kind(), decoded, depth + 1);
                }
            }
        }

        private boolean admits(int chars, int depth) {
            if (depth >= bounds.maxDepth() || payloadsLeft == 0 || chars > charsLeft) {
                complete = false;
                return false;
            }
            payloadsLeft--;
            charsLeft -= chars;
            return true;
        }

        private static MappedText placed(MappedText decoded, OffsetMap source) {
            OffsetMap map = switch (decoded.map()) {
                case OffsetMap.Whole(int from, int to) -> {
                    Span span = source.span(from, to);
                    yield new OffsetMap.Whole(span.start(), span.end());
                }
                case OffsetMap own -> source instanceof OffsetMap.Identity ? own : new OffsetMap.Composed(own, source);
            };
            return new MappedText(decoded.text(), map);
        }
    }
}
