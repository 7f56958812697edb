package dev.gatehouse.text.pattern;

/**
 * Characters of a token of a pattern: of ASCII each, of the others all or none.
 *
 * @param low    ASCII 0 to 63, a bit each
 * @param high   64 to 127
 * @param others whether characters beyond ASCII are among them
 * @param folds  whether those are that fold to an ASCII letter
 */
record Characters(long low, long high, boolean others, boolean folds) {
    static final Characters ALL = new Characters(-1, -1, true, true);
    private static final char LONG_S = '\u017F';
    private static final char KELVIN = '\u212A';

    Characters or(Characters more) {
        return new Characters(low | more.low, high | more.high, others || more.others, folds || more.folds);
    }

    boolean has(char c) {
        return c < 64 ? (low >> c & 1) != 0 : c < 128 ? (high >> c - 64 & 1) != 0 : others || folds && (c == LONG_S || c == KELVIN);
    }
}
