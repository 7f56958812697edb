package dev.gatehouse.state.limit;

/**
 * What is added to a bucket whatever its limit says.
 *
 * @param amount within 2^50 either way; a negative one takes away, at most what is there
 */
public record Hit(Bucket bucket, long amount) {
    public Hit {
        Bounds.amount("the size of a hit", Math.abs(amount));
    }
}
