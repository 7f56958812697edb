package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.state.limit.Bucket;
import java.util.List;

/**
 * A limit as it holds for one key.
 *
 * @param limit  the limit
 * @param key    the values of its key
 * @param bucket where it is counted, with the amount that holds for this key
 */
public record Budget(CompiledLimit limit, List<String> key, Bucket bucket) {

    public long capacity() {
        return bucket.algorithm().capacity();
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "Budget[" + limit.name() + "]";
    }
}
