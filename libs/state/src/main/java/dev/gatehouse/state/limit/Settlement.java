package dev.gatehouse.state.limit;

/**
 * What became of a charge.
 *
 * @param level of its bucket afterwards
 */
public record Settlement(Outcome outcome, Level level) {

    /** How the store knew the reservation. */
    public enum Outcome {
        /** It was held; the difference to the estimate was charged or given back. */
        SETTLED,
        /** It had expired; the difference to the floor was charged or given back. */
        LATE,
        /** The store did not know it, and the whole amount was charged. */
        UNKNOWN,
        /** Nothing was charged: settled before, its window is over, or unknown. */
        NOTHING
    }
}
