package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds text that is not drawn at all: Unicode tag characters, each an ASCII character plus U+E0000, and bytes in variation selectors
 * (U+FE00 to U+FE0F are 0 to 15, U+E0100 to U+E01EF are 16 to 255). The tags of a flag emoji are no payload.
 */
final class HiddenRuns {

    private static final int SHORTEST = 4;
    private static final int BLACK_FLAG = 0x1F3F4;

    private HiddenRuns() {
    }

    static List<Payload> find(String text) {
        List<Payload> found = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = runEnd(text, i);
            if (end > i) {
                read(text, i, end, found);
            }
            i = Math.max(end, i + Character.charCount(text.codePointAt(i)));
        }
        return found;
    }

    private static int runEnd(String text, int from) {
        boolean tags = isTag(text.codePointAt(from));
        int end = from;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            if (!(tags ? isTag(codePoint) : Invisible.isVariationSelector(codePoint))) {
                return end;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    private static void read(String text, int from, int to, List<Payload> found) {
        if (text.codePointCount(from, to) < SHORTEST) {
            return;
        }
        if (!isTag(text.codePointAt(from))) {
            readSelectors(text, from, to, found);
        } else if (from == 0 || text.codePointBefore(from) != BLACK_FLAG) {
            found.add(Payload.of(View.Kind.TAGS, ascii(text, from, to), from, to));
        }
    }

    private static String ascii(String text, int from, int to) {
        StringBuilder ascii = new StringBuilder();
        text.substring(from, to).codePoints().map(c -> c & 0x7F).filter(c -> c != 0x7F).forEach(c -> ascii.append((char) c));
        return ascii.toString();
    }

    private static void readSelectors(String text, int from, int to, List<Payload> found) {
        int[] octets = text.substring(from, to).codePoints().map(HiddenRuns::octet).toArray();
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        Octets.text(bytes, bytes.length).ifPresent(s -> found.add(Payload.of(View.Kind.VARIATION_SELECTORS, s, from, to)));
    }

    private static int octet(int selector) {
        return selector <= 0xFE0F ? selector - 0xFE00 : selector - 0xE0100 + 16;
    }

    private static boolean isTag(int codePoint) {
        return codePoint >= 0xE0000 && codePoint <= 0xE007F;
    }
}
