package dev.gatehouse.state.limit;

/**
 * How full a bucket is.
 *
 * @param limit        its capacity: a token bucket's burst, else the amount of a window or the most in flight
 * @param used         what was charged and still counts
 * @param reserved     what is reserved besides, and not settled
 * @param fullInMillis when all is free again if nobody takes anything: when a token bucket is full, when a window has ended; 0 where
 *                     only a settlement sets free (in flight)
 * @param fitsInMillis when the claim that was refused would fit if nobody took anything: 0 if it fits now, {@link #NEVER} if it is
 *                     above the limit, {@link #UNKNOWN} where only a settlement sets free (in flight). Of no claim (peek, add): of
 *                     the smallest, 1
 */
public record Level(long limit, long used, long reserved, long fullInMillis, long fitsInMillis) {

    /** The claim is above the limit. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Nobody knows when. */
    public static final long UNKNOWN = -1;

    /** What is free; negative where more was used than the limit allows. */
    public long remaining() {
        return limit - used - reserved;
    }

    /** Whether the claim fits. */
    public boolean fits() {
        return fitsInMillis == 0;
    }

    /** Whether no waiting helps: only a smaller claim can fit. */
    public boolean neverFits() {
        return fitsInMillis == NEVER;
    }
}
