package dev.gatehouse.cache.telemetry;

import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.Estimate;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.policy.cache.Semantic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Gauges of what policies bear and what of it is used, read when they are asked for: {@code gatehouse.cache.wrong.share} (tags policy; of: requests, hits),
 * {@code gatehouse.cache.wrong.share.bound} (the same), {@code gatehouse.cache.threshold} (policy) and {@code gatehouse.cache.labels} (policy). A policy has
 * them from its first look-up on. Thread-safe.
 */
public final class BoundGauges {

    private final MeterRegistry meters;
    private final Bound bound;
    private final Map<String, CompiledCache> policies = new ConcurrentHashMap<>();

    public BoundGauges(MeterRegistry meters, Bound bound) {
        this.meters = meters;
        this.bound = bound;
    }

    /** A policy is in use, in this form from now on. */
    public void inUse(CompiledCache policy) {
        CompiledCache before = policies.put(policy.name(), policy);
        if (before == null || before.spec().semantic().isOverHits() != policy.spec().semantic().isOverHits()) {
            register(policy.name(), policy.spec().semantic().isOverHits() ? "hits" : "requests");
        }
    }

    private void register(String policy, String of) {
        gauge("gatehouse.cache.wrong.share", policy, cache -> wrongShare(cache, of)).tag("of", of).register(meters);
        gauge("gatehouse.cache.wrong.share.bound", policy, cache -> share(cache, of)).tag("of", of).register(meters);
        gauge("gatehouse.cache.threshold", policy, cache -> estimate(cache).minimum()).register(meters);
        gauge("gatehouse.cache.labels", policy, cache -> estimate(cache).labels()).register(meters);
    }

    private Gauge.Builder<BoundGauges> gauge(String name, String policy, ToDoubleFunction<CompiledCache> value) {
        return Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.policies.get(policy))).tag("policy", policy);
    }

    private Estimate estimate(CompiledCache cache) {
        return bound.estimate(cache.policy().uid());
    }

    /** Nothing where the policy has changed to a share of another whole. */
    private double wrongShare(CompiledCache cache, String of) {
        return isOf(cache, of) ? estimate(cache).wrongShare(of.equals("hits")) : Double.NaN;
    }

    private static double share(CompiledCache cache, String of) {
        Semantic semantic = cache.spec().semantic();
        return isOf(cache, of) ? semantic.bound() : Double.NaN;
    }

    private static boolean isOf(CompiledCache cache, String of) {
        return cache.spec().semantic().isOverHits() == of.equals("hits");
    }
}
