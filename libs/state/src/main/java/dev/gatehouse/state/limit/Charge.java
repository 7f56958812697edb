package dev.gatehouse.state.limit;

/**
 * What a claim really used.
 *
 * @param claim  as it was reserved
 * @param actual 0 gives all back; may be above the estimate
 */
public record Charge(Claim claim, long actual) {
    public Charge {
        Bounds.amount("actual", actual);
    }
}
