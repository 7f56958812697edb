package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.stream.Frame;

/** A text of the answer under way, with its editor. */
final class LiveStrand {

    private final Strand strand;
    private final StrandEditor editor;
    private final int kept;
    private final StringBuilder original = new StringBuilder();
    private final StringBuilder edited = new StringBuilder();
    private Frame lastFrame;
    private JsonValue lastRoot;
    private boolean ended;
    private boolean overflown;

    /** @param kept most characters that are remembered for a repetition; 0 where none comes */
    private LiveStrand(Strand strand, StrandEditor editor, int kept) {
        this.strand = strand;
        this.editor = editor;
        this.kept = kept;
    }

    static LiveStrand open(Strand strand, StrandEditors editors, int kept) {
        StrandEditor editor = strand.form() == Strand.Form.JSON
                ? new ArgumentsEditor(form -> editors.open(strand.as(form)).orElse(StrandEditor.PASSING))
                : editors.open(strand).orElse(StrandEditor.PASSING);
        return new LiveStrand(strand, editor, kept);
    }

    Strand strand() {
        return strand;
    }

    boolean isEnded() {
        return ended;
    }

    String feed(String delta) {
        return remember(delta, editor.feed(delta));
    }

    /** The rest that was held; empty for a text that has ended before. */
    String end() {
        if (ended) {
            return "";
        }
        ended = true;
        return remember("", editor.end());
    }

    private String remember(String came, String goes) {
        overflown = overflown || original.length() + came.length() > kept || edited.length() + goes.length() > 2L * kept;
        if (!overflown) {
            original.append(came);
            edited.append(goes);
        }
        return goes;
    }

    /** Whether that is the text that came, so that what became of it is known. */
    boolean cameAs(String whole) {
        return ended && !overflown && original.compareTo(new StringBuilder(whole)) == 0;
    }

    String edited() {
        return edited.toString();
    }

    void grewIn(Frame frame, JsonValue root) {
        lastFrame = frame;
        lastRoot = root;
    }

    /** The frame that it grew in last. */
    Frame lastFrame() {
        return lastFrame;
    }

    JsonValue lastRoot() {
        return lastRoot;
    }
}
