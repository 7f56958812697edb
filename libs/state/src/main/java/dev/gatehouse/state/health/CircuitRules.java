package dev.gatehouse.state.health;

import java.time.Duration;

/**
 * When a circuit opens, and for how long. The rules come with every report and are not kept: who reports decides by its own.
 *
 * @param consecutive failures in a row that open it, 1 to 1,000,000
 * @param percent     of failures in the window that open it, 1 to 100; 101 for never
 * @param minimum     requests in the window below which {@code percent} says nothing, at least 1
 * @param window      in which requests are counted, sliding, 1 ms to 1 day
 * @param cooldown    how long it stays open the first time; doubled by each failed trial, and where it opens again soon after it closed
 * @param longest     the most that it stays open at a time, whatever a backend asks for
 */
public record CircuitRules(int consecutive, int percent, int minimum, Duration window, Duration cooldown, Duration longest) {

    private static final int NEVER = 101;

    public CircuitRules {
        check(consecutive >= 1 && consecutive <= 1_000_000, "consecutive must be 1 to 1000000");
        check(percent >= 1 && percent <= NEVER, "percent must be 1 to 100, or 101 for never");
        check(minimum >= 1, "minimum must be at least 1");
        check(window.toMillis() >= 1 && window.compareTo(Duration.ofDays(1)) <= 0, "window must be 1 ms to 1 day");
        check(cooldown.toMillis() >= 1 && cooldown.compareTo(longest) <= 0, "cooldown must be at least 1 ms and at most the longest");
        check(longest.compareTo(Duration.ofDays(1)) <= 0, "longest must be at most 1 day");
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
