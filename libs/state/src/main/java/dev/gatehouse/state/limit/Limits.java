package dev.gatehouse.state.limit;

import java.time.Duration;
import java.util.List;

/**
 * The store of limits. Time is the store's own clock, never a caller's. The algorithm of a bucket comes with every call and is not
 * kept, so a limit that was raised or lowered holds from the next call on. What a bucket counts is forgotten when it is full again.
 *
 * <p>Amounts are whole numbers of 0 to 2^50, so that Lua's numbers hold them and their sums exactly.
 *
 * <p>Every method may throw {@link dev.gatehouse.state.StateUnavailable}; whether it had an effect is unknown then.
 */
public interface Limits {

    /** The largest amount. */
    long MAX_AMOUNT = 1L << 50;

    /** How long it is remembered that a reservation expired, so that its late settlement still charges what is right. */
    Duration REMEMBERED = Duration.ofHours(1);

    /**
     * Takes the estimate of every claim, or of none if one of them does not fit. Atomic, but for claims in several slots of a Redis
     * Cluster: there others may for a moment be refused what is then given back; a budget is never exceeded.
     *
     * @param id     new for every reservation
     * @param claims at least one, each of another bucket
     * @param expiry when what was not settled returns, all but the floor; at least 1 ms
     */
    Decision reserve(ReservationId id, List<Claim> claims, Duration expiry);

    /**
     * Charges what a reservation really used. A second settlement of the same reservation charges nothing. What was made in a window
     * that is over charges nothing, since nobody counts it any more; a sliding window still counts its last one.
     *
     * @param charges those of the reservation's claims, unchanged
     */
    List<Settlement> settle(ReservationId id, List<Charge> charges);

    /**
     * As {@link #settle}, and where the store knows nothing of the reservation it charges the whole amount, once within
     * {@link #REMEMBERED}: for what was decided without the store, and for reservations that the store may have lost. Never for one
     * that may have been settled by {@link #settle}.
     *
     * @param age how long ago the reservation was made: what falls in a window that is over is not charged
     */
    List<Settlement> settleUnknown(ReservationId id, List<Charge> charges, Duration age);

    /** How full buckets are. Charges nothing. */
    List<Level> peek(List<Bucket> buckets);

    /** Adds, whatever the limits say, and tells how full the buckets are then. Atomic for buckets in one slot. */
    List<Level> add(List<Hit> hits);

    /** Makes a bucket full again. Settlements of what was reserved before charge nothing. */
    void reset(Bucket bucket);
}
