package dev.gatehouse.text.view;

/**
 * One pass over a text that tells which readings are worth making. Each answer may be wrong towards yes, at the cost of work; a plain
 * English text gives no everywhere.
 *
 * @param nonAscii   characters beyond ASCII
 * @param escapes    characters that could start an escape
 * @param spaced     letters standing alone one after the other
 * @param leet       at least two words that mix letters with digits or symbols
 * @param longestRun length of the longest run of base64 or hex characters
 * @param codeSigns  length of the longest run of Morse signs, bits and spaces
 * @param digits     number of digits
 */
record Survey(boolean nonAscii, boolean escapes, boolean spaced, boolean leet, int longestRun, int codeSigns, int digits) {

    private static final int LETTER = 1;
    private static final int DIGIT = 2;
    private static final int LEET = 4;
    private static final int RUN = 8;
    private static final int ESCAPE = 16;
    private static final int SIGN = 32;
    private static final int SPACE = 64;
    private static final int FOREIGN = 128;
    private static final byte[] CLASS = classes();

    /** Surveys a text. */
    static Survey of(String text) {
        return new Pass().over(text);
    }

    private static byte[] classes() {
        byte[] classes = new byte[128];
        for (char c = 'a'; c <= 'z'; c++) {
            classes[c] |= LETTER | RUN;
            classes[c - 32] |= LETTER | RUN;
        }
        for (char c = '0'; c <= '9'; c++) {
            classes[c] |= DIGIT | RUN;
        }
        mark(classes, "013457@$|", LEET);
        mark(classes, "+/=-_", RUN);
        mark(classes, "&%\\", ESCAPE);
        mark(classes, ".-/|01_ \n", SIGN);
        mark(classes, " \t\n\r", SPACE);
        return classes;
    }

    private static void mark(byte[] classes, String chars, int bit) {
        chars.chars().forEach(c -> classes[c] |= (byte) bit);
    }

    /** The state of the pass. */
    private static final class Pass {
        private int all;
        private int run;
        private int longestRun;
        private int signs;
        private int longestSigns;
        private int lone;
        private boolean spaced;
        private int leetWords;
        private int digits;
        private boolean mixed;

        Survey over(String text) {
            int before = SPACE;
            int twoBefore = SPACE;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                int kind = c < 128 ? CLASS[c] : LETTER | FOREIGN;
                all |= kind;
                digits += (kind & DIGIT) == 0 ? 0 : 1;
                measureRuns(kind);
                measureLone(kind, before, twoBefore);
                measureLeet(kind, before);
                twoBefore = before;
                before = kind;
            }
            measureRuns(0);
            measureLeet(SPACE, before);
            return new Survey((all & FOREIGN) != 0, (all & ESCAPE) != 0, spaced, leetWords >= 2, longestRun, longestSigns, digits);
        }

        private void measureRuns(int kind) {
            if ((kind & RUN) != 0) {
                run++;
            } else if (run > 0) {
                longestRun = Math.max(longestRun, run);
                run = 0;
            }
            if ((kind & SIGN) != 0) {
                signs++;
            } else if (signs > 0) {
                longestSigns = Math.max(longestSigns, signs);
                signs = 0;
            }
        }

        /** Counts letters with a non-letter on both sides; two letters together end the count. */
        private void measureLone(int kind, int before, int twoBefore) {
            if ((before & LETTER) == 0) {
                return;
            }
            if ((kind & LETTER) != 0) {
                lone = 0;
            } else if ((twoBefore & LETTER) == 0) {
                lone++;
                spaced |= lone >= 3;
            }
        }

        private void measureLeet(int kind, int before) {
            mixed |= (kind & (LETTER | LEET)) != 0 && (before & (LETTER | LEET)) != 0 && ((kind ^ before) & LETTER) != 0;
            if ((kind & SPACE) != 0) {
                leetWords += mixed ? 1 : 0;
                mixed = false;
            }
        }
    }
}
