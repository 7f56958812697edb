package dev.gatehouse.text.pii;

import java.util.Arrays;

/**
 * Where in a text something may begin, found in one pass: words with a digit in them, runs of digits, {@code @} and groups with
 * {@code :}. A text without any costs one look at each character.
 */
final class Seeds {

    /** A growing list of indices. */
    static final class Indices {
        private int[] values = new int[16];
        private int size;

        private void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int size() {
            return size;
        }

        int get(int index) {
            return values[index];
        }
    }

    /** Starts and ends of the words that hold a digit; a word is a run of letters and digits of any script. */
    final Indices wordStarts = new Indices();
    final Indices wordEnds = new Indices();
    /** Starts and ends of the runs of ASCII digits. */
    final Indices runStarts = new Indices();
    final Indices runEnds = new Indices();
    /** Each {@code @}. */
    final Indices ats = new Indices();
    /** The first colon of each run of hexadecimal digits and colons. */
    final Indices colons = new Indices();

    Seeds(String text) {
        int wordStart = -1;
        int wordRuns = 0;
        int colonsUntil = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                int end = runEnd(text, i);
                runStarts.add(i);
                runEnds.add(end);
                wordStart = wordStart < 0 ? i : wordStart;
                wordRuns++;
                i = end - 1;
            } else if (c != '_' && Chars.isWord(c)) {
                wordStart = wordStart < 0 ? i : wordStart;
            } else {
                closeWord(wordStart, i, wordRuns);
                wordStart = -1;
                wordRuns = 0;
                colonsUntil = separator(text, i, c, colonsUntil);
            }
        }
        closeWord(wordStart, text.length(), wordRuns);
    }

    private void closeWord(int start, int end, int runs) {
        if (runs > 0) {
            wordStarts.add(start);
            wordEnds.add(end);
        }
    }

    private int separator(String text, int index, char c, int colonsUntil) {
        if (c == '@') {
            ats.add(index);
        }
        if (c != ':' || index < colonsUntil) {
            return colonsUntil;
        }
        colons.add(index);
        return colonRunEnd(text, index);
    }

    private static int runEnd(String text, int start) {
        int end = start + 1;
        while (end < text.length() && Chars.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int colonRunEnd(String text, int start) {
        int end = start + 1;
        while (end < text.length() && (text.charAt(end) == ':' || Chars.isHex(text.charAt(end)))) {
            end++;
        }
        return end;
    }
}
