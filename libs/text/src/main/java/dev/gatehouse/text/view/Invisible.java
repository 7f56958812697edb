package dev.gatehouse.text.view;

/** Tells characters of which nothing is drawn. */
public final class Invisible {

    private Invisible() {
    }

    /** Format characters (zero-width, bidirectional controls, soft hyphen), variation selectors, tags, blank fillers and C1 controls. */
    public static boolean test(int codePoint) {
        return codePoint > 0x7F && (Character.getType(codePoint) == Character.FORMAT || isVariationSelector(codePoint)
                || isFiller(codePoint) || (codePoint < 0xA0 && codePoint != 0x85));
    }

    /** Variation selectors 1 to 256. */
    static boolean isVariationSelector(int codePoint) {
        return (codePoint >= 0xFE00 && codePoint <= 0xFE0F) || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
    }

    private static boolean isFiller(int codePoint) {
        return codePoint == 0x115F || codePoint == 0x1160 || codePoint == 0x3164 || codePoint == 0xFFA0 || codePoint == 0x2800
                || (codePoint >= 0xE0000 && codePoint <= 0xE0FFF);
    }
}
