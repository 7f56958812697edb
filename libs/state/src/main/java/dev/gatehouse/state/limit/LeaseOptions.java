package dev.gatehouse.state.limit;

import java.time.Duration;

/**
 * How much of a bucket replicas may draw ahead.
 *
 * @param share    of what remains of a bucket, the part that all replicas together may hold: above 0, at most 0.5
 * @param replicas that draw leases, 1 or more
 * @param term     the longest that a replica holds a lease without giving back what it did not use; 10 ms to 1 min
 * @param hot      calls a second from which on a bucket is leased, 1 or more
 */
public record LeaseOptions(double share, int replicas, Duration term, int hot) {

    public LeaseOptions {
        if (!(share > 0 && share <= 0.5)) {
            throw new IllegalArgumentException("the share that may be leased must be above 0 and at most 0.5, is " + share);
        }
        if (replicas < 1) {
            throw new IllegalArgumentException("replicas must be 1 or more, is " + replicas);
        }
        if (term.toMillis() < 10 || term.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("the term of a lease must be 10 ms to 1 min, is " + term);
        }
        if (hot < 1) {
            throw new IllegalArgumentException("hot must be 1 or more, is " + hot);
        }
    }

    /** What one replica may hold when so much remains. */
    long size(long remaining) {
        return (long) (Math.max(0, Math.min(remaining, Limits.MAX_AMOUNT)) * share / replicas);
    }
}
