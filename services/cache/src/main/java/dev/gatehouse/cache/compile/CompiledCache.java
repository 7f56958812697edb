package dev.gatehouse.cache.compile;

import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.SemanticCacheSpec;

/** A policy, ready to run. */
public record CompiledCache(SemanticCachePolicy policy) {

    /** {@code namespace/name}. */
    public String name() {
        return policy.qualifiedName();
    }

    public SemanticCacheSpec spec() {
        return policy.spec();
    }
}
