package dev.gatehouse.state.sum;

/**
 * Two numbers that are added up under an id, or what is to be added to them. Ids from 0 to {@value #LASTING} (not included) are never
 * dropped; of all others a bounded number is kept, and chance decides which go.
 */
public record Sum(long id, double first, double second) {

    /** How many ids last. */
    public static final int LASTING = 1 << 10;

    /** Whether it is never dropped. */
    public boolean isLasting() {
        return id >= 0 && id < LASTING;
    }
}
