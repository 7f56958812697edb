package dev.gatehouse.state.limit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Names a reservation, in all replicas. It tells nothing of the request. Made just before the reservation. */
public final class ReservationId {

    private static final int MAX_LENGTH = 24;

    private final String text;
    private final long madeNanos = System.nanoTime();

    /** @param text 1 to 24 letters and digits */
    public ReservationId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("a reservation's id must be 1 to 24 letters and digits");
        }
        this.text = text;
    }

    /** A new one. Ids must differ, not be hard to guess: 119 bits. */
    public static ReservationId random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new ReservationId(Long.toString(random.nextLong() >>> 4, Character.MAX_RADIX) + Long.toString(random.nextLong() >>> 5, Character.MAX_RADIX));
    }

    public String text() {
        return text;
    }

    /** How long ago it was made, by a clock that nobody sets. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - madeNanos);
    }

    /** @param nanos of {@link System#nanoTime} */
    boolean isMadeBefore(long nanos) {
        return madeNanos - nanos < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReservationId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
