package dev.gatehouse.risk.judge;

/**
 * Where a growing text is cut for those who judge it in stretches: at the end of a sentence once half a window is full, else at a space,
 * at the latest where the window is full.
 */
record Windows(int size) {

    private static final String ENDS = ".!?\n\u3002\uff01\uff1f\u061f\u0964";

    /** Length of the first window of a text, in UTF-16 units; 0 while there is none yet. */
    int first(CharSequence text) {
        int full = Math.min(text.length(), size);
        for (int at = size / 2; at < full; at++) {
            if (isSentenceEnd(text, at)) {
                return at + 1;
            }
        }
        return text.length() < size ? 0 : atSpace(text);
    }

    /** A sentence ends where a space follows; what follows a stop at the end of the text is not known yet. */
    private static boolean isSentenceEnd(CharSequence text, int at) {
        boolean wide = text.charAt(at) > 0x7f || text.charAt(at) == '\n';
        boolean spaceFollows = at + 1 < text.length() && Character.isWhitespace(text.charAt(at + 1));
        return ENDS.indexOf(text.charAt(at)) >= 0 && (wide || spaceFollows);
    }

    private int atSpace(CharSequence text) {
        for (int at = size - 1; at > size / 2; at--) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at + 1;
            }
        }
        return Character.isHighSurrogate(text.charAt(size - 1)) ? size - 1 : size;
    }
}
