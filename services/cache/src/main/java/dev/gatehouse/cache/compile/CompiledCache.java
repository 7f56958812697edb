package dev.gatehouse.cache.compile;

import dev.gatehouse.cache.bound.Target;
import dev.gatehouse.cache.tier.Terms;
import dev.gatehouse.policy.cache.Capacity;
import dev.gatehouse.policy.cache.Semantic;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.SemanticCacheSpec;
import dev.gatehouse.policy.cache.StaleWhileRevalidate;
import dev.gatehouse.state.vector.Stock;
import java.time.Duration;

/**
 * A policy, ready to run.
 *
 * @param timeWords tell prompts whose right answer changes with time
 */
public record CompiledCache(SemanticCachePolicy policy, TimeWords timeWords) {

    /** {@code namespace/name}. */
    public String name() {
        return policy.qualifiedName();
    }

    public SemanticCacheSpec spec() {
        return policy.spec();
    }

    /** What of the policy decides which answers may be served at all: after a change of it nothing older is. */
    public String generation() {
        return spec().scope() + " " + spec().onUnguarded() + " " + spec().requireInspection();
    }

    /** What share of wrong hits is borne. */
    public Target target() {
        Semantic semantic = spec().semantic();
        return new Target(semantic.bound(), semantic.isOverHits(), semantic.explore());
    }

    /**
     * The terms of one question.
     *
     * @param ttl   how long its answer is fresh
     * @param chars of the question, in UTF-16 units
     */
    public Terms terms(Duration ttl, int chars) {
        Semantic semantic = spec().semantic();
        Capacity capacity = spec().capacity();
        Duration stale = spec().staleWhileRevalidate().map(StaleWhileRevalidate::keep).orElse(Duration.ZERO);
        return new Terms(ttl, stale, semantic.enabled() && chars <= semantic.maxChars(), semantic.candidates(), semantic.minimumCosine(),
                new Stock.Caps(capacity.entries(), capacity.bytes().bytes()), capacity.entryBytes().bytes());
    }
}
