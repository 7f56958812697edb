package dev.gatehouse.text.anomaly;

import dev.gatehouse.text.view.Invisible;
import java.lang.Character.UnicodeScript;

/**
 * What one pass over the characters counts.
 *
 * @param entropy        bits per ASCII character
 * @param invisibleShare invisible code points per code point
 * @param mixedWords     words that mix Latin with Cyrillic, Greek, Armenian or Cherokee letters
 * @param runStart       start of the longest run of at least six different symbols
 * @param runEnd         its end; equal to the start if there is none
 */
record Characters(double entropy, double invisibleShare, int mixedWords, int runStart, int runEnd) {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int DIFFERENT = 6;
    private static final byte SPACE = 0;
    private static final byte WORD = 1;
    private static final byte SYMBOL = 2;
    private static final byte[] KIND = kinds();

    static Characters of(String text) {
        return new Pass().over(text);
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0; c < 128; c++) {
            kinds[c] = Character.isLetterOrDigit(c) ? WORD : c <= ' ' ? SPACE : SYMBOL;
        }
        return kinds;
    }

    /** The state of the pass. */
    private static final class Pass {
        private final int[] counts = new int[128];
        private int points;
        private int invisible;
        private int mixedWords;
        private boolean latin;
        private boolean alike;
        private int start = -1;
        private long different;
        private int longestStart;
        private int longestEnd;

        Characters over(String text) {
            for (int i = 0; i < text.length(); ) {
                int codePoint = text.codePointAt(i);
                points++;
                if (codePoint < 128) {
                    counts[codePoint]++;
                    step(i, codePoint, KIND[codePoint]);
                } else {
                    foreign(i, codePoint);
                }
                i += Character.charCount(codePoint);
            }
            step(text.length(), ' ', SPACE);
            double share = points == 0 ? 0 : (double) invisible / points;
            return new Characters(entropy(), share, mixedWords, longestStart, longestEnd);
        }

        private void step(int at, int codePoint, byte kind) {
            if (kind == WORD) {
                latin |= codePoint > '9';
            } else {
                endWord();
            }
            if (kind == SYMBOL) {
                start = start < 0 ? at : start;
                different |= 1L << (codePoint & 63);
            } else {
                endRun(at);
            }
        }

        private void foreign(int at, int codePoint) {
            endRun(at);
            if (Invisible.test(codePoint)) {
                boolean innocent = codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER || codePoint == EMOJI_STYLE;
                invisible += innocent ? 0 : 1;
            } else if (Character.isLetter(codePoint)) {
                alike |= looksLatin(codePoint);
            } else {
                endWord();
            }
        }

        private static boolean looksLatin(int codePoint) {
            return switch (UnicodeScript.of(codePoint)) {
                case CYRILLIC, GREEK, ARMENIAN, CHEROKEE -> true;
                default -> false;
            };
        }

        private void endWord() {
            mixedWords += latin && alike ? 1 : 0;
            latin = false;
            alike = false;
        }

        private void endRun(int at) {
            if (start >= 0 && Long.bitCount(different) >= DIFFERENT && at - start > longestEnd - longestStart) {
                longestStart = start;
                longestEnd = at;
            }
            start = -1;
            different = 0;
        }

        private double entropy() {
            long total = 0;
            double sum = 0;
            for (int count : counts) {
                total += count;
                sum += count == 0 ? 0 : count * Math.log(count);
            }
            return total == 0 ? 0 : (Math.log(total) - sum / total) / Math.log(2);
        }
    }
}
