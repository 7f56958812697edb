package dev.gatehouse.text.secret;

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
    static Spot after(String text, Spot role, int expected) {
        int last = Math.min(text.length(), role.end() + GAP);
        for (int start = role.end(); start < last; start = runEnd(text, start) + 1) {
            int from = skipJoiners(text, start);
            int end = runEnd(text, from);
            String value = text.substring(from, end);
            if (value.length() >= Math.max(SHORTEST, expected * 4 / 5) && TokenShape.isGenerated(value)) {
                return new Spot(from, end);
            }
        }
        return null;
    }

    private static int skipJoiners(String text, int start) {
        int at = start;
        while (at < text.length() && "-_=.:/".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int runEnd(String text, int start) {
        int at = start;
        while (at < text.length() && at < start + LONGEST && (Edges.isAlphanumeric(text.charAt(at)) || "-_+/.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }
}
