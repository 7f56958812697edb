package dev.gatehouse.text.secret;

/** Runs of characters that tokens are made of. */
final class Runs {

    private static final int SHORT = 8;
    private static final int LONG = 15;

    private Runs() {
    }

    /** Whether a part of the text has a run that could be a token: eight characters with a figure, or fifteen without. */
    static boolean hasCandidate(String text, int from, int to) {
        int length = 0;
        boolean digit = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean token = isTokenCharacter(c);
            length = token ? length + 1 : 0;
            digit = token && (digit || c >= '0' && c <= '9');
            if (length >= LONG || digit && length >= SHORT) {
                return true;
            }
        }
        return false;
    }

    static boolean isTokenCharacter(char c) {
        return Edges.isAlphanumeric(c) || "_-+/=.~%!".indexOf(c) >= 0;
    }
}
