package dev.gatehouse.state.limit;

/** How to decide while the shared store cannot be reached. */
public enum OnLoss {
    /** Every replica enforces its share of the limits by itself. */
    LOCAL,
    /** Everything fits. */
    OPEN,
    /** Nothing can be decided: calls throw {@link dev.gatehouse.state.StateUnavailable} at once. */
    CLOSED
}
