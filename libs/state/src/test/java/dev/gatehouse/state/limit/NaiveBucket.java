package dev.gatehouse.state.limit;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import dev.gatehouse.state.limit.Settlement.Outcome;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** A bucket as its definition reads, with fractions of any size and everything remembered: what the stores must agree with. */
final class NaiveBucket {

    private static final class Reservation {
        final long estimate;
        final long floor;
        final long made;
        final long until;
        boolean expired;
        boolean settled;

        Reservation(long estimate, long floor, long made, long until) {
            this.estimate = estimate;
            this.floor = floor;
            this.made = made;
            this.until = until;
        }
    }

    private final Map<String, Reservation> reservations = new HashMap<>();
    private final Map<Long, Long> windows = new HashMap<>();
    /** Missing from a token bucket, times the window in ms. */
    private BigInteger missing = BigInteger.ZERO;
    private long seen;

    /** Lets time pass; windows here are short enough to be counted in ms. */
    void advance(Algorithm algorithm, long now) {
        if (algorithm instanceof TokenBucket bucket) {
            BigInteger refilled = BigInteger.valueOf(bucket.amount()).multiply(BigInteger.valueOf(now - seen));
            missing = missing.subtract(refilled).max(BigInteger.ZERO);
        }
        seen = now;
        reservations.values().stream().filter(r -> !r.expired && !r.settled && r.until <= now).forEach(r -> expire(algorithm, r));
    }

    private void expire(Algorithm algorithm, Reservation reservation) {
        reservation.expired = true;
        charge(algorithm, reservation.made, reservation.floor - reservation.estimate);
    }

    private void charge(Algorithm algorithm, long at, long amount) {
        if (algorithm instanceof TokenBucket bucket) {
            missing = missing.add(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(bucket.window().toMillis()))).max(BigInteger.ZERO);
        } else if (!(algorithm instanceof InFlight)) {
            windows.merge(at / length(algorithm), Math.max(0, amount), (before, more) -> Math.max(0, before + amount));
        }
    }

    private static long length(Algorithm algorithm) {
        return algorithm instanceof SlidingWindow sliding ? sliding.window().toMillis() : ((Window.Every) ((FixedWindow) algorithm).window()).length().toMillis();
    }

    long spent(Algorithm algorithm) {
        return switch (algorithm) {
            case TokenBucket bucket -> ceilDiv(missing, bucket.window().toMillis());
            case FixedWindow fixed -> windows.getOrDefault(seen / length(fixed), 0L);
            case SlidingWindow sliding -> sliding(length(sliding));
            case InFlight _ -> reservations.values().stream().filter(r -> !r.expired && !r.settled).mapToLong(r -> r.estimate).sum();
        };
    }

    private static long ceilDiv(BigInteger number, long by) {
        return number.add(BigInteger.valueOf(by - 1)).divide(BigInteger.valueOf(by)).longValueExact();
    }

    private long sliding(long length) {
        BigInteger before = BigInteger.valueOf(windows.getOrDefault(seen / length - 1, 0L));
        long overlap = before.multiply(BigInteger.valueOf(length - seen % length)).divide(BigInteger.valueOf(length)).longValueExact();
        return windows.getOrDefault(seen / length, 0L) + overlap;
    }

    boolean fits(Algorithm algorithm, long amount) {
        return spent(algorithm) + amount <= algorithm.capacity();
    }

    void reserve(String id, Algorithm algorithm, long estimate, long floor, long until) {
        reservations.put(id, new Reservation(estimate, floor, seen, until));
        charge(algorithm, seen, estimate);
    }

    Outcome settle(String id, Algorithm algorithm, long actual) {
        Reservation reservation = reservations.get(id);
        if (reservation == null || reservation.settled || !counts(algorithm, reservation.made) || algorithm instanceof InFlight && reservation.expired) {
            return Outcome.NOTHING;
        }
        reservation.settled = true;
        charge(algorithm, reservation.made, actual - (reservation.expired ? reservation.floor : reservation.estimate));
        return reservation.expired ? Outcome.LATE : Outcome.SETTLED;
    }

    private boolean counts(Algorithm algorithm, long made) {
        return switch (algorithm) {
            case FixedWindow fixed -> made / length(fixed) == seen / length(fixed);
            case SlidingWindow sliding -> seen / length(sliding) - made / length(sliding) <= 1;
            default -> true;
        };
    }

    void add(Algorithm algorithm, long amount) {
        charge(algorithm, seen, amount);
    }
}
