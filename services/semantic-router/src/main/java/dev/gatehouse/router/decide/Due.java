package dev.gatehouse.router.decide;

import java.time.Duration;

/**
 * Until when a decision is to be made: the policy's timeout, less what it takes to carry the decision out. What is waited for is given
 * up then, so that a request takes its default instead of failing.
 *
 * @param end in {@link System#nanoTime}
 */
public record Due(long end) {

    private static final int SPARED_SHARE = 10;
    private static final Duration SPARED = Duration.ofMillis(20);

    /** Of a decision that begins now, and must be carried out within that time: a tenth of it is spared, 20 ms at least, half at most. */
    public static Due within(Duration timeout) {
        long all = timeout.toNanos();
        long spared = Math.max(all / SPARED_SHARE, Math.min(SPARED.toNanos(), all / 2));
        return new Due(System.nanoTime() + all - spared);
    }

    /** Zero once it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
