package dev.gatehouse.text.view;

import java.util.Arrays;

/** A small open-addressed table from packed words (never 0) to codes; an unknown word has code -1. */
final class WordCodes {

    private final long[] words;
    private final short[] codes;
    private final int mask;

    /** @param capacity a power of two, at least twice the number of words */
    WordCodes(int capacity) {
        words = new long[capacity];
        codes = new short[capacity];
        Arrays.fill(codes, (short) -1);
        mask = capacity - 1;
    }

    void put(long word, int code) {
        int at = slot(word);
        words[at] = word;
        codes[at] = (short) code;
    }

    int of(long word) {
        return codes[slot(word)];
    }

    private int slot(long word) {
        int at = (int) (word * 0x9E3779B97F4A7C15L >>> 40) & mask;
        while (words[at] != 0 && words[at] != word) {
            at = at + 1 & mask;
        }
        return at;
    }
}
