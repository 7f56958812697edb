package dev.gatehouse.router.health;

import java.time.Duration;

/**
 * Keeps this replica from asking a service that does not answer: after {@value #FAILURES} failures in a row it is left alone, for a
 * second, and for twice as long each time that it fails again, up to 30 s; then one question tries it. Thread-safe.
 */
public final class AskGate {

    private static final int FAILURES = 3;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private int failures;
    private Duration pause = FIRST;
    private long closedUntil;

    /** Whether it may be asked now; if so, {@link #answered} or {@link #failed} has to follow. */
    public synchronized boolean mayAsk() {
        if (failures < FAILURES) {
            return true;
        }
        boolean tries = System.nanoTime() - closedUntil >= 0;
        if (tries) {
            closedUntil = System.nanoTime() + pause.toNanos();
        }
        return tries;
    }

    public synchronized void answered() {
        failures = 0;
        pause = FIRST;
    }

    public synchronized void failed() {
        failures = Math.min(FAILURES, failures + 1);
        if (failures == FAILURES) {
            closedUntil = System.nanoTime() + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
    }
}
