package dev.gatehouse.guard.mask;

/**
 * Hides most of a value and keeps what lets a person recognise it: an email's domain and first letter, else the last characters
 * (at most four, and never more than a quarter). Separators stay, so that the shape is kept.
 */
final class Partial {

    private static final int KEPT_AT_MOST = 4;

    private Partial() {}

    static String mask(String value) {
        int at = value.indexOf('@');
        return at > 0 ? stars(value.substring(0, at), 1, 0) + value.substring(at) : stars(value, 0, keptAtEnd(value));
    }

    private static int keptAtEnd(String value) {
        return (int) Math.min(KEPT_AT_MOST, value.codePoints().filter(Character::isLetterOrDigit).count() / 4);
    }

    private static String stars(String value, int keptFirst, int keptLast) {
        int[] points = value.codePoints().toArray();
        long signs = value.codePoints().filter(Character::isLetterOrDigit).count();
        StringBuilder masked = new StringBuilder(value.length());
        int seen = 0;
        for (int point : points) {
            boolean sign = Character.isLetterOrDigit(point);
            boolean kept = !sign || seen < keptFirst || seen >= signs - keptLast;
            masked.appendCodePoint(kept ? point : '*');
            seen += sign ? 1 : 0;
        }
        return masked.toString();
    }
}
