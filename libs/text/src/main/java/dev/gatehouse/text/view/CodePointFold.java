package dev.gatehouse.text.view;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;

/**
 * Folds single code points: invisible ones vanish, compatibility forms (full-width, mathematical, circled) become plain, accents and
 * stacked marks go (Latin, Greek and Cyrillic; marks of other scripts carry meaning and stay, Arabic and Hebrew vowel points go).
 */
final class CodePointFold {

    private static final String[] BMP = new String[0x10000];

    private CodePointFold() {
    }

    /** The folded text; the same text if nothing in it folds. */
    static MappedText fold(MappedText source) {
        String text = source.text();
        boolean plain = text.codePoints().allMatch(c -> c < 0x80 || isPlain(c));
        return plain ? source : rewrite(source, text);
    }

    private static MappedText rewrite(MappedText source, String text) {
        Rewrite out = new Rewrite(source);
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int end = i + Character.charCount(codePoint);
            if (codePoint < 0x80) {
                out.put((char) codePoint, i, end);
            } else {
                out.put(folded(codePoint), i, end);
            }
            i = end;
        }
        return out.done();
    }

    private static boolean isPlain(int codePoint) {
        String folded = folded(codePoint);
        return !folded.isEmpty() && folded.codePointAt(0) == codePoint;
    }

    /** What {@code codePoint} reads as; empty for an invisible one. */
    static String folded(int codePoint) {
        if (codePoint >= BMP.length) {
            return compute(codePoint);
        }
        String known = BMP[codePoint];
        if (known == null) {
            known = compute(codePoint);
            BMP[codePoint] = known;
        }
        return known;
    }

    private static String compute(int codePoint) {
        if (Invisible.test(codePoint) || isFreeMark(codePoint)) {
            return "";
        }
        String plain = LookAlikes.plainLetter(codePoint);
        if (plain != null) {
            return plain;
        }
        String compatible = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) ? space(codePoint) : unaccented(compatible);
    }

    private static String space(int codePoint) {
        return codePoint == 0x2028 || codePoint == 0x2029 || codePoint == 0x85 ? "\n" : " ";
    }

    private static boolean isFreeMark(int codePoint) {
        return (codePoint >= 0x300 && codePoint <= 0x36F) || (codePoint >= 0x483 && codePoint <= 0x489)
                || (codePoint >= 0x591 && codePoint <= 0x5C7 && Character.getType(codePoint) == Character.NON_SPACING_MARK)
                || (codePoint >= 0x610 && codePoint <= 0x670 && Character.getType(codePoint) == Character.NON_SPACING_MARK)
                || (codePoint >= 0x1AB0 && codePoint <= 0x1AFF) || (codePoint >= 0x1DC0 && codePoint <= 0x1DFF)
                || (codePoint >= 0x20D0 && codePoint <= 0x20FF) || (codePoint >= 0xFE20 && codePoint <= 0xFE2F);
    }

    private static String unaccented(String text) {
        if (!hasAccentScript(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().filter(c -> !isFreeMark(c)).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean hasAccentScript(String text) {
        return text.codePoints().mapToObj(UnicodeScript::of)
                .anyMatch(s -> s == UnicodeScript.LATIN || s == UnicodeScript.GREEK || s == UnicodeScript.CYRILLIC);
    }
}
