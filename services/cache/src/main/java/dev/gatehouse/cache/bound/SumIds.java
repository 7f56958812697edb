package dev.gatehouse.cache.bound;

import dev.gatehouse.state.sum.Sum;

/**
 * Under which ids a pool's evidence is summed up: counts from 0 on, words from 2^32 on by their 32-bit hash, entries below 0 by 63 bits of a hash of
 * their name.
 */
final class SumIds {

    /** Labels by bin of their score that said the answer was right. */
    static final int RIGHT = 0;
    /** That said it was wrong. */
    static final int WRONG = RIGHT + Scale.BINS;
    /** Candidates by bin. */
    static final int CANDIDATES = WRONG + Scale.BINS;
    static final int REQUESTS = CANDIDATES + Scale.BINS;
    static final int HITS = REQUESTS + 1;
    static final int EXACT = HITS + 1;
    static final int LABELS = EXACT + 1;
    /** Wrong answers that were served, as estimated. */
    static final int EXPECTED_WRONG = LABELS + 1;
    static final int COUNTS = EXPECTED_WRONG + 1;

    private static final long WORDS = 1L << 32;

    private SumIds() {}

    static boolean isCount(long id) {
        return id >= 0 && id < COUNTS;
    }

    static long word(int hash) {
        return WORDS | Integer.toUnsignedLong(hash);
    }

    static boolean isWord(long id) {
        return id >>> 32 == 1;
    }

    /** The hash of a word. */
    static int hash(long word) {
        return (int) word;
    }

    /** Names of entries are keyed hashes: nobody can choose two that meet. */
    static long entry(String name) {
        long hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash | Long.MIN_VALUE;
    }

    static boolean isEntry(long id) {
        return id < 0;
    }

    /** The same sum under another word. */
    static Sum withWord(Sum sum, int hash) {
        return new Sum(word(hash), sum.first(), sum.second());
    }
}
