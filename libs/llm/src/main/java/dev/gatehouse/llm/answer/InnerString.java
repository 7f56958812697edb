package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/**
 * The inside of one JSON string on its way through an editor: unescaped in, escaped out. While the editor gives back what it got,
 * the escapes stay as they were written; from its first change on, the rest of the string is escaped anew.
 */
final class InnerString {

    /** What a character did to the string. */
    enum Step { GOES_ON, CLOSED, BROKEN }

    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";

    private final StrandEditor editor;
    /** Unescaped, not yet given to the editor. */
    private final StringBuilder fresh = new StringBuilder();
    /** Given to the editor or fresh, and not yet come back: unescaped, as written, and how long each character was as written. */
    private final StringBuilder waiting = new StringBuilder();
    private final StringBuilder written = new StringBuilder();
    private final StringBuilder lengths = new StringBuilder();
    private final StringBuilder escape = new StringBuilder(6);
    private boolean changed;

    InnerString(StrandEditor editor) {
        this.editor = editor;
    }

    static String escaped(String text) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    Step take(char c) {
        if (editor == StrandEditor.PASSING) {
            return pass(c);
        }
        if (escape.length() > 0) {
            return inEscape(c);
        }
        if (c == '"') {
            return Step.CLOSED;
        }
        if (c == '\\') {
            escape.append(c);
        } else {
            add(c, String.valueOf(c));
        }
        return Step.GOES_ON;
    }

    private Step pass(char c) {
        if (c == '"' && escape.isEmpty()) {
            return Step.CLOSED;
        }
        if (c == '\\' && escape.isEmpty()) {
            escape.append(c);
        } else {
            escape.setLength(0);
        }
        written.append(c);
        return Step.GOES_ON;
    }

    private Step inEscape(char c) {
        escape.append(c);
        if (escape.length() == 2 && c != 'u') {
            int which = ESCAPES.indexOf(c);
            return which < 0 ? Step.BROKEN : unescaped(MEANINGS.charAt(which));
        }
        if (escape.length() > 2 && Character.digit(c, 16) < 0) {
            return Step.BROKEN;
        }
        return escape.length() < 6 ? Step.GOES_ON : unescaped((char) Integer.parseInt(escape.substring(2), 16));
    }

    private Step unescaped(char c) {
        String raw = escape.toString();
        escape.setLength(0);
        add(c, raw);
        return Step.GOES_ON;
    }

    private void add(char c, String raw) {
        fresh.append(c);
        if (!changed) {
            waiting.append(c);
            written.append(raw);
            lengths.append((char) raw.length());
        }
    }

    /** An escape that was begun, as written. */
    String openEscape() {
        return editor == StrandEditor.PASSING ? "" : escape.toString();
    }

    /** Lets the editor see what has come, but for half a pair. */
    String flush() {
        if (editor == StrandEditor.PASSING) {
            return takeWritten();
        }
        int whole = fresh.length();
        if (whole > 0 && Character.isHighSurrogate(fresh.charAt(whole - 1))) {
            whole--;
        }
        if (whole == 0) {
            return "";
        }
        String delta = fresh.substring(0, whole);
        fresh.delete(0, whole);
        return come(editor.feed(delta));
    }

    /** The string ends here. */
    String end() {
        if (editor == StrandEditor.PASSING) {
            return takeWritten();
        }
        String delta = fresh.toString();
        fresh.setLength(0);
        return (delta.isEmpty() ? "" : come(editor.feed(delta))) + come(editor.end());
    }

    private String takeWritten() {
        String taken = written.toString();
        written.setLength(0);
        return taken;
    }

    private String come(String edited) {
        if (!changed && startsWaiting(edited)) {
            return asWritten(edited.length());
        }
        changed = true;
        waiting.setLength(0);
        written.setLength(0);
        lengths.setLength(0);
        return escaped(edited);
    }

    private boolean startsWaiting(String edited) {
        return edited.length() <= waiting.length() && edited.contentEquals(waiting.subSequence(0, edited.length()));
    }

    private String asWritten(int characters) {
        int length = 0;
        for (int i = 0; i < characters; i++) {
            length += lengths.charAt(i);
        }
        String raw = written.substring(0, length);
        waiting.delete(0, characters);
        written.delete(0, length);
        lengths.delete(0, characters);
        return raw;
    }
}
