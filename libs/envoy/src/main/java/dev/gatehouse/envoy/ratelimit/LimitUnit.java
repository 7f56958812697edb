package dev.gatehouse.envoy.ratelimit;

import java.util.Locale;
import java.util.Optional;

/** The window of a limit, as {@code RateLimitResponse.RateLimit.Unit} names it: fixed, counted from the epoch. A month is 30 days. */
public enum LimitUnit {
    SECOND(1),
    MINUTE(60),
    HOUR(60 * 60),
    DAY(24 * 60 * 60),
    WEEK(7 * 24 * 60 * 60),
    MONTH(30 * 24 * 60 * 60),
    YEAR(365 * 24 * 60 * 60);

    private final long seconds;

    LimitUnit(long seconds) {
        this.seconds = seconds;
    }

    public long seconds() {
        return seconds;
    }

    /** Seconds until the window that holds this moment ends: 1 to {@link #seconds}. */
    public long secondsLeft(long epochSecond) {
        return seconds - Math.floorMod(epochSecond, seconds);
    }

    /** By its name in any case; empty for {@code unknown} and for every other word. */
    public static Optional<LimitUnit> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
