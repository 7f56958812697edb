package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.answer.Strand.Form;
import java.util.function.Function;

/**
 * Edits the strings and numbers of JSON that comes in pieces, as the arguments of tool calls do. What stands between them passes as
 * it is; what an editor leaves as it was keeps its escapes. It checks no more than it needs: from the first character that cannot
 * stand where it does, the rest is one text. JSON that is cut ends where it is cut.
 */
final class ArgumentsEditor implements StrandEditor {

    private enum State { BETWEEN, LITERAL, NUMBER, STRING, BROKEN }

    private static final int MAX_NUMBER = 128;
    private static final String NUMBER_SIGNS = "+-.eE0123456789";
    private static final String[] LITERALS = {"true", "false", "null"};

    private final Function<Form, StrandEditor> editors;
    private final Nesting nesting = new Nesting();
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder token = new StringBuilder();
    private State state = State.BETWEEN;
    private InnerString string;
    private StrandEditor number;
    private StrandEditor text;

    ArgumentsEditor(Function<Form, StrandEditor> editors) {
        this.editors = editors;
    }

    @Override
    public String feed(String delta) {
        int at = 0;
        while (at < delta.length()) {
            at = step(delta, at);
        }
        if (state == State.STRING) {
            out.append(string.flush());
        }
        return taken();
    }

    private int step(String delta, int at) {
        if (state == State.BROKEN) {
            out.append(text.feed(delta.substring(at)));
            return delta.length();
        }
        char c = delta.charAt(at);
        switch (state) {
            case BETWEEN -> between(c);
            case LITERAL -> literal(c);
            case NUMBER -> number(c);
            default -> inString(c);
        }
        return at + 1;
    }

    private void between(char c) {
        boolean afterBracket = !token.isEmpty();
        if (c == '"') {
            passBracket();
            string = new InnerString(editors.apply(nesting.isKeyNext() ? Form.JSON_KEY : Form.JSON_VALUE));
            out.append(c);
            state = State.STRING;
        } else if (c == '-' || c >= '0' && c <= '9') {
            passBracket();
            beginNumber(c);
        } else if (c == 't' || c == 'f' || c == 'n') {
            passBracket();
            state = State.LITERAL;
            literal(c);
        } else if (isWhite(c) || nesting.take(c)) {
            passBracket();
            structure(c);
        } else {
            breakAt(afterBracket ? takenToken() + c : String.valueOf(c));
        }
    }

    /** An opening bracket waits for what follows: a text in brackets that stands where a value should is one text. */
    private void structure(char c) {
        if (c == '[' && asText() != StrandEditor.PASSING) {
            token.append(c);
        } else {
            out.append(c);
        }
    }

    private void passBracket() {
        out.append(takenToken());
    }

    private static boolean isWhite(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private void literal(char c) {
        token.append(c);
        for (String literal : LITERALS) {
            if (literal.startsWith(token.toString())) {
                out.append(c);
                endLiteral(literal);
                return;
            }
        }
        token.setLength(0);
        breakAt(String.valueOf(c));
    }

    private void endLiteral(String literal) {
        if (literal.contentEquals(token)) {
            token.setLength(0);
            state = State.BETWEEN;
        }
    }

    private void beginNumber(char c) {
        state = State.NUMBER;
        number = editors.apply(Form.JSON_NUMBER);
        number(c);
    }

    private void number(char c) {
        if (NUMBER_SIGNS.indexOf(c) < 0) {
            endNumber();
            state = State.BETWEEN;
            between(c);
        } else if (number == StrandEditor.PASSING) {
            out.append(c);
        } else if (token.length() == MAX_NUMBER) {
            breakAt(takenToken() + c);
        } else {
            token.append(c);
        }
    }

    private void endNumber() {
        if (token.isEmpty()) {
            return;
        }
        String before = takenToken();
        String after = number.feed(before) + number.end();
        out.append(after.equals(before) ? before : '"' + InnerString.escaped(after) + '"');
    }

    private String takenToken() {
        String taken = token.toString();
        token.setLength(0);
        return taken;
    }

    private void inString(char c) {
        switch (string.take(c)) {
            case GOES_ON -> { }
            case CLOSED -> {
                out.append(string.end()).append(c);
                state = State.BETWEEN;
            }
            case BROKEN -> {
                out.append(string.end());
                breakAt(string.openEscape());
            }
        }
    }

    private void breakAt(String from) {
        state = State.BROKEN;
        out.append(asText().feed(from));
    }

    private StrandEditor asText() {
        if (text == null) {
            text = editors.apply(Form.TEXT);
        }
        return text;
    }

    @Override
    public String end() {
        switch (state) {
            case BETWEEN -> passBracket();
            case LITERAL -> { }
            case NUMBER -> endNumber();
            case STRING -> out.append(string.end()).append(string.openEscape());
            case BROKEN -> out.append(text.end());
        }
        return taken();
    }

    private String taken() {
        String taken = out.toString();
        out.setLength(0);
        return taken;
    }

    /** Which containers are open, and whether a string is a key. Deeper than {@link #DEPTH} nothing is known to be a key. */
    private static final class Nesting {

        private static final int DEPTH = 512;

        private final boolean[] objects = new boolean[DEPTH];
        private int depth;
        private boolean keyNext;

        /** @return whether the character can stand between values */
        boolean take(char c) {
            switch (c) {
                case '{', '[' -> open(c == '{');
                case '}', ']' -> depth = Math.max(0, depth - 1);
                case ',' -> keyNext = inObject();
                case ':' -> keyNext = false;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void open(boolean object) {
            if (depth < DEPTH) {
                objects[depth] = object;
            }
            depth++;
            keyNext = object;
        }

        private boolean inObject() {
            return depth > 0 && depth <= DEPTH && objects[depth - 1];
        }

        boolean isKeyNext() {
            return keyNext && inObject();
        }
    }
}
