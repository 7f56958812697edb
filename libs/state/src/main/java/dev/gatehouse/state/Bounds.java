package dev.gatehouse.state;

import java.time.Duration;

/** What every store refuses, before it does anything. */
final class Bounds {

    private Bounds() {}

    static long millis(Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("time to live and window must be at least 1 ms, is " + duration);
        }
        return duration.toMillis();
    }

    static void amount(long amount, long least) {
        if (amount < least || amount > Counters.MAX_AMOUNT) {
            throw new IllegalArgumentException("amount must be " + least + " to 2^50, is " + amount);
        }
    }
}
