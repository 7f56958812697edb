package dev.gatehouse.state;

import java.time.Duration;

/** What every store refuses, before it does anything. */
final class Bounds {

    private Bounds() {}

    static long millis(Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("a time to live must be at least 1 ms, is " + duration);
        }
        return duration.toMillis();
    }
}
