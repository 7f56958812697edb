package dev.gatehouse.text.view;

/**
 * One pass over a text that tells which readings are worth making. Each answer may be wrong towards yes, at the cost of work; a plain
 * English text gives no everywhere.
 *
 * @param nonAscii   characters beyond ASCII
 * @param escapes    characters that could start an escape
 * @param spaced     letters standing alone one after the other
 * @param leet       at least two words with digits or symbols between letters
 * @param longestRun length of the longest run of base64 or hex characters
 * @param codeSigns  length of the longest run of Morse signs, bits and white space
 * @param hexPairs   number of consecutive words of two hex digits
 */
record Survey(boolean nonAscii, boolean escapes, boolean spaced, boolean leet, int longestRun, int codeSigns, int hexPairs) {

    private static final int LETTER = 1;
    private static final int DIGIT = 2;
    private static final int LEET = 4;
    private static final int JOIN = 8;
    private static final int ESCAPE = 16;
    private static final int SIGN = 32;
    private static final int FOREIGN = 64;
    private static final int NON_HEX = 128;
    private static final int WORD = LETTER | DIGIT | LEET;
    private static final int OTHER = 128;
    private static final int[] CLASS = classes();

    /** Surveys a text. */
    static Survey of(String text) {
        return new Pass(text).survey();
    }

    private static int[] classes() {
        int[] classes = new int[OTHER + 1];
        for (char c = 'a'; c <= 'z'; c++) {
            int hex = c <= 'f' ? 0 : NON_HEX;
            classes[c] |= LETTER | hex;
            classes[c - 32] |= LETTER | hex;
        }
        mark(classes, "0123456789", DIGIT);
        mark(classes, "@$", LEET | NON_HEX);
        mark(classes, "+/=-_", JOIN);
        mark(classes, "&%\\", ESCAPE);
        mark(classes, ".-/|_ \n", SIGN);
        classes[OTHER] = LETTER | FOREIGN | NON_HEX;
        return classes;
    }

    private static void mark(int[] classes, String chars, int bits) {
        chars.chars().forEach(c -> classes[c] |= bits);
    }

    /** The state of the pass; the inner loop runs over words, so that most characters cost one look-up. */
    private static final class Pass {
        private final String text;
        private int all;
        private int run;
        private int longestRun;
        private int signs;
        private int longestSigns;
        private int lone;
        private boolean spaced;
        private int leetWords;
        private int pairs;
        private int longestPairs;

        Pass(String text) {
            this.text = text;
        }

        Survey survey() {
            int length = text.length();
            int i = 0;
            while (i < length) {
                int start = i;
                int kinds = 0;
                int kind = classOf(i);
                while ((kind & WORD) != 0) {
                    kinds |= kind;
                    kind = ++i < length ? classOf(i) : 0;
                }
                if (i > start) {
                    word(start, i, kinds);
                } else {
                    between(kind);
                    i++;
                }
            }
            between(0);
            return new Survey((all & FOREIGN) != 0, (all & ESCAPE) != 0, spaced, leetWords >= 2, longestRun, longestSigns, longestPairs);
        }

        private int classOf(int i) {
            return CLASS[Math.min(text.charAt(i), OTHER)];
        }

        private void word(int start, int end, int kinds) {
            int length = end - start;
            all |= kinds;
            run += length;
            lone = length == 1 && (kinds & LETTER) != 0 ? lone + 1 : 0;
            spaced |= lone >= 3;
            pairs = length == 2 && (kinds & NON_HEX) == 0 ? pairs + 1 : 0;
            longestPairs = Math.max(longestPairs, pairs);
            if ((kinds & (DIGIT | LEET)) != 0) {
                mixed(start, end, kinds);
            } else {
                endSigns();
            }
        }

        private void mixed(int start, int end, int kinds) {
            if ((kinds & LETTER) != 0) {
                leetWords += hasSignBetweenLetters(start, end) ? 1 : 0;
                endSigns();
            } else {
                signs += end - start;
            }
        }

        private boolean hasSignBetweenLetters(int start, int end) {
            int firstLetter = start;
            while (firstLetter < end && (classOf(firstLetter) & LETTER) == 0) {
                firstLetter++;
            }
            int lastLetter = end - 1;
            while (lastLetter > firstLetter && (classOf(lastLetter) & LETTER) == 0) {
                lastLetter--;
            }
            int between = 0;
            for (int i = firstLetter; i < lastLetter; i++) {
                between |= classOf(i);
            }
            return (between & (DIGIT | LEET)) != 0;
        }

        private void between(int kind) {
            all |= kind;
            if ((kind & JOIN) != 0) {
                run++;
            } else {
                longestRun = Math.max(longestRun, run);
                run = 0;
            }
            if ((kind & SIGN) != 0) {
                signs++;
            } else {
                endSigns();
            }
        }

        private void endSigns() {
            longestSigns = Math.max(longestSigns, signs);
            signs = 0;
        }
    }
}
