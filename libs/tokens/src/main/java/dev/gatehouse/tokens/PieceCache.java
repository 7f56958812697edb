package dev.gatehouse.tokens;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many tokens pieces had that were seen before. Holds hashes, never text; seeded, so that nobody can aim at another's piece.
 * Fixed in size: a piece takes the place of one with the same lower bits.
 */
final class PieceCache {

    private static final int SLOTS = 1 << 16;
    private static final long TOKENS = 0xfff;
    static final int UNKNOWN = -1;

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    long hash(String text, int from, int end) {
        long hash = seed;
        for (int i = from; i < end; i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }

    int tokens(long hash) {
        long slot = slots.getOpaque((int) (hash >>> 4) & SLOTS - 1);
        return slot != 0 && (slot | TOKENS) == (hash | TOKENS) ? (int) (slot & TOKENS) : UNKNOWN;
    }

    void put(long hash, int tokens) {
        if (tokens <= TOKENS) {
            slots.setOpaque((int) (hash >>> 4) & SLOTS - 1, hash & ~TOKENS | tokens);
        }
    }
}
