package dev.gatehouse.text.secret;

/** Runs of characters without blanks and quotes, of which tokens are made. */
final class Runs {

    private Runs() {
    }

    /** Whether a part of the text has a run of at least the length. */
    static boolean hasRun(String text, int from, int to, int length) {
        int run = 0;
        for (int i = from; i < to; i++) {
            run = isRunCharacter(text.charAt(i)) ? run + 1 : 0;
            if (run >= length) {
                return true;
            }
        }
        return false;
    }

    /** Whether the run around a place has at least the length; at most {@code before} characters before the place count. */
    static boolean hasRunAround(String text, int place, int before, int length) {
        int start = place;
        while (start > 0 && start > place - before && isRunCharacter(text.charAt(start - 1))) {
            start--;
        }
        return hasRun(text, start, Math.min(text.length(), start + length), length);
    }

    /** Whether tokens of unknown make may have the character. */
    static boolean isTokenCharacter(char c) {
        return Edges.isAlphanumeric(c) || "_-+/=.~%!".indexOf(c) >= 0;
    }

    private static boolean isRunCharacter(char c) {
        return c > ' ' && c != '"' && c != '\'';
    }
}
