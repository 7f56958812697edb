package dev.gatehouse.state.limit;

/**
 * What a request wants of one bucket.
 *
 * @param estimate what is reserved
 * @param floor    at most the estimate: what stays charged if no settlement ever comes, e.g. the counted input
 */
public record Claim(Bucket bucket, long estimate, long floor) {
    public Claim {
        Bounds.amount("estimate", estimate);
        Bounds.amount("floor", floor);
        if (floor > estimate) {
            throw new IllegalArgumentException("the floor must be at most the estimate");
        }
    }
}
