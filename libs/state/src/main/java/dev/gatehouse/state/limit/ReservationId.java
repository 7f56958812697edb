package dev.gatehouse.state.limit;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Names a reservation, in all replicas. It tells nothing of the request.
 *
 * @param text 1 to 24 letters and digits
 */
public record ReservationId(String text) {

    private static final int MAX_LENGTH = 24;

    public ReservationId {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("a reservation's id must be 1 to 24 letters and digits");
        }
    }

    /** A new one. Ids must differ, not be hard to guess: 119 bits. */
    public static ReservationId random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new ReservationId(Long.toString(random.nextLong() >>> 4, Character.MAX_RADIX) + Long.toString(random.nextLong() >>> 5, Character.MAX_RADIX));
    }
}
