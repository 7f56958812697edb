package dev.gatehouse.text.secret;

import dev.gatehouse.text.stream.GrowingText;

/**
 * A generated value where a service's rule expects its token, but of another length: formats change, and examples are cut. Only
 * right after a role word, so that it is that name's value.
 */
final class LooseToken {

    private static final int GAP = 24;
    private static final int SHORTEST = 12;
    private static final int LONGEST = 512;

    private LooseToken() {
    }

    /**
     * The first run of token characters that starts after the role word, or null if it is too short or not generated.
     *
     * @param expected the length of the shortest token that the service's rule knows
     */
    static Spot after(GrowingText text, Spot role, int expected) {
        int last = role.end() + GAP;
        for (int start = role.end(); start < last && text.has(start); start = runEnd(text, start) + 1) {
            int from = skipJoiners(text, start);
            int end = runEnd(text, from);
            String value = text.substring(from, end);
            if (value.length() >= Math.max(SHORTEST, expected * 4 / 5) && TokenShape.isGenerated(value)) {
                return new Spot(from, end);
            }
        }
        return null;
    }

    /** The start of the run that reaches the text's end, if one that begins within reach of the role word does; else the end. */
    static int openRun(GrowingText text, Spot role) {
        int start = role.end();
        while (start < Math.min(text.length(), role.end() + GAP) && runEnd(text, start) < text.length()) {
            start = runEnd(text, start) + 1;
        }
        return Math.min(start, text.length());
    }

    private static int skipJoiners(GrowingText text, int start) {
        int at = start;
        while (at < start + LONGEST && text.has(at) && "-_=.:/".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int runEnd(GrowingText text, int start) {
        int at = start;
        while (at < start + LONGEST && text.has(at) && (Edges.isAlphanumeric(text.charAt(at)) || "-_+/.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }
}
