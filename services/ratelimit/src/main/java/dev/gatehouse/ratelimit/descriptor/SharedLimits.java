package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.state.limit.Bucket;
import java.util.List;
import java.util.Optional;

/** Limits of policies that descriptors may share the counters of. */
public interface SharedLimits {

    /**
     * @param name   {@code policy/limit}
     * @param values of the descriptor's entries in order: what the limit's key is made of
     * @return empty where there is no such limit; the descriptor then counts for itself
     */
    Optional<Bucket> bucket(String name, List<String> values);

    /** None. */
    static SharedLimits none() {
        return (name, values) -> Optional.empty();
    }
}
