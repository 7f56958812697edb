package dev.gatehouse.state.health;

import java.time.Duration;

/**
 * How a subject stands, as all replicas have seen it.
 *
 * @param circuit   whether requests may go to it
 * @param remaining until an open circuit lets a trial through; zero unless open
 * @param granted   whether the replica that asked may send the one request that tries it; the grant ends after
 *                  {@link HealthStore#TRIAL}
 * @param cause     why it opened last; NONE if it never did
 * @param failures  in the window
 * @param requests  in the window, failures too
 */
public record Standing(Circuit circuit, Duration remaining, boolean granted, Cause cause, long failures, long requests) {

    /** Whether requests may go to a subject. */
    public enum Circuit { CLOSED, OPEN, HALF_OPEN }

    /** Why a circuit opened. */
    public enum Cause {
        NONE,
        /** That many in a row. */ CONSECUTIVE_FAILURES,
        /** That share of them in the window. */ FAILURE_RATE,
        /** It asked to be left alone. */ RATE_LIMITED,
        /** A trial failed. */ FAILED_TRIAL
    }

    /** Of a subject that nobody has said anything of. */
    public static final Standing UNKNOWN = new Standing(Circuit.CLOSED, Duration.ZERO, false, Cause.NONE, 0, 0);

    /** Without a grant. */
    Standing as(Circuit other, Duration left) {
        return new Standing(other, left, false, cause, failures, requests);
    }
}
