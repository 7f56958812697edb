package dev.gatehouse.state;

import java.time.Duration;

/**
 * Whole numbers that start at 0 and expire a window (at least 1 ms) after their first change, counted on the store's clock. Each
 * method is atomic. Amounts are within 2^50 either way, so that Lua's numbers hold them exactly.
 *
 * <p>Every method throws {@link StateUnavailable} when the store does not answer in time, and {@link IllegalArgumentException} for an
 * amount out of range.
 */
public interface Counters {

    /** The largest amount, and the largest limit. */
    long MAX_AMOUNT = 1L << 50;

    /** What became of an {@link #addIfBelow}: whether the amount was added, and the value afterwards. */
    record Admission(boolean admitted, long value) {}

    /** The value; 0 where there is none. */
    long get(Key key);

    /** Adds an amount, which may be negative (what was reserved and not used). @return the value afterwards */
    long add(Key key, long amount, Duration window);

    /** Adds an amount (0 or more) if the value stays at or below the limit. */
    Admission addIfBelow(Key key, long amount, long limit, Duration window);
}
