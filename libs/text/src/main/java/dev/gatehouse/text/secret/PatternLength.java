package dev.gatehouse.text.secret;

/**
 * The length of the shortest text that a pattern can match, read from the pattern: what lets a window without a long enough run of
 * token characters be skipped before the pattern runs. Reads the part of RE2's syntax that rules use: literals, escapes, classes,
 * groups with flags, alternatives and repetitions.
 */
final class PatternLength {

    private final String pattern;
    private int at;

    private PatternLength(String pattern) {
        this.pattern = pattern;
    }

    /** In characters. */
    static int shortest(String pattern) {
        return new PatternLength(pattern).alternatives();
    }

    /** Whether whatever the pattern matches is one run without blanks and quotes. */
    static boolean isRun(String pattern) {
        return !pattern.contains("\\s") && !pattern.contains("\\S") && !pattern.contains("\\n") && !pattern.contains("\\W")
                && !pattern.contains("[^") && pattern.indexOf('"') < 0 && pattern.indexOf('\'') < 0
                && !pattern.replaceAll("\\\\.|\\[[^\\]]*]", "").contains(".");
    }

    private int alternatives() {
        int shortest = sequence();
        while (peek() == '|') {
            at++;
            shortest = Math.min(shortest, sequence());
        }
        return shortest;
    }

    private int sequence() {
        int length = 0;
        while (peek() != 0 && peek() != '|' && peek() != ')') {
            int piece = piece();
            length += piece * repetitions();
        }
        return length;
    }

    private int piece() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> charClass();
            case '\\' -> escape();
            case '^', '$' -> 0;
            default -> 1;
        };
    }

    private int group() {
        if (peek() == '?') {
            at = pattern.indexOf(':', at) + 1;
        }
        int length = alternatives();
        at++;
        return length;
    }

    private int charClass() {
        at += pattern.startsWith("^]", at) ? 2 : 1;
        while (peek() != ']') {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
        return 1;
    }

    private int escape() {
        char c = pattern.charAt(at++);
        if (c == 'x') {
            at += 2;
        }
        return c == 'b' || c == 'B' ? 0 : 1;
    }

    private int repetitions() {
        int least = switch (peek()) {
            case '?', '*' -> skip(0);
            case '+' -> skip(1);
            case '{' -> counted();
            default -> 1;
        };
        if (peek() == '?') {
            at++;
        }
        return least;
    }

    private int counted() {
        int close = pattern.indexOf('}', at);
        String[] bounds = pattern.substring(at + 1, close).split(",");
        at = close + 1;
        return Integer.parseInt(bounds[0]);
    }

    private int skip(int least) {
        at++;
        return least;
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : 0;
    }
}
