package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;

/** Recognises MAC addresses (EUI-48): six pairs joined by colons or dashes, or three groups of four joined by dots. */
final class MacAddresses {

    private static final double LETTERED = 0.9;
    private static final double DIGITS_ONLY = 0.6;
    private static final double DENIED = 0.3;
    private static final int PAIRS = 17;
    private static final int FOURS = 14;

    /** Pairs joined by colons, around the first of them. */
    void coloned(GrowingText text, Seeds seeds, int colon, Findings findings) {
        int start = seeds.colons.get(colon) - 2;
        if (apart(text, start) && groups(text, start, 6, 2, ':')) {
            propose(text, start, start + PAIRS, findings);
        }
    }

    /** {@code 00-1A-2B-3C-4D-5E}, begun from any of its pairs with a digit, and {@code 001a.2b3c.4d5e}. */
    void dashed(GrowingText text, Seeds seeds, int seed, Findings findings) {
        int word = seeds.wordStarts.get(seed);
        int start = word;
        while (start >= 3 && word - start < 15 && Chars.isDash(text.charAt(start - 1)) && hex(text, start - 3, 2)) {
            start -= 3;
        }
        if (apart(text, start) && groups(text, start, 6, 2, '-')) {
            propose(text, start, start + PAIRS, findings);
        } else if (apart(text, word) && groups(text, word, 3, 4, '.')) {
            propose(text, word, word + FOURS, findings);
        }
    }

    private static boolean apart(GrowingText text, int start) {
        char before = Chars.at(text, start - 1);
        return start >= 0 && !Chars.isWord(before) && !((before == '-' || before == ':' || before == '.') && Chars.isHex(Chars.at(text, start - 2)));
    }

    private static boolean groups(GrowingText text, int start, int count, int size, char separator) {
        for (int group = 0; group < count; group++) {
            int at = start + group * (size + 1);
            if (!hex(text, at, size) || group > 0 && text.charAt(at - 1) != separator) {
                return false;
            }
        }
        int end = start + count * (size + 1) - 1;
        return !Chars.isWord(Chars.at(text, end)) && !(Chars.at(text, end) == separator && Chars.isWord(Chars.at(text, end + 1)));
    }

    private static boolean hex(GrowingText text, int start, int size) {
        for (int i = start; i < start + size; i++) {
            if (!Chars.isHex(Chars.at(text, i))) {
                return false;
            }
        }
        return true;
    }

    private static void propose(GrowingText text, int start, int end, Findings findings) {
        boolean constant = text.substring(start, end).chars().filter(c -> Chars.isHex((char) c)).distinct().count() == 1;
        boolean letters = text.substring(start, end).chars().anyMatch(c -> Chars.isLetter((char) c));
        boolean denied = Context.of(text, start, end).denies();
        if (!constant) {
            findings.propose(Entity.MAC_ADDRESS, denied ? DENIED : letters ? LETTERED : DIGITS_ONLY, start, end);
        }
    }
}
