package dev.gatehouse.state.limit;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;

/**
 * What one of several replicas may take of a limit by itself: an equal part, rounded up so that a small limit is not closed.
 *
 * @param replicas 1 or more
 */
record Share(int replicas) {

    Share {
        if (replicas < 1) {
            throw new IllegalArgumentException("replicas must be 1 or more, is " + replicas);
        }
    }

    Bucket of(Bucket bucket) {
        return new Bucket(bucket.key(), of(bucket.algorithm()));
    }

    Claim of(Claim claim) {
        return new Claim(of(claim.bucket()), claim.estimate(), claim.floor());
    }

    private Algorithm of(Algorithm algorithm) {
        return switch (algorithm) {
            case TokenBucket bucket -> new TokenBucket(part(bucket.amount()), bucket.window(), part(bucket.burst()));
            case SlidingWindow sliding -> new SlidingWindow(part(sliding.amount()), sliding.window());
            case FixedWindow fixed -> new FixedWindow(part(fixed.amount()), fixed.window());
            case InFlight flight -> new InFlight(part(flight.max()));
        };
    }

    private long part(long amount) {
        return Math.ceilDiv(amount, replicas);
    }
}
