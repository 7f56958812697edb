package dev.gatehouse.ratelimit.descriptor;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * All counters of the rate limit service under envoyproxy/ratelimit's names. A limit with {@code detailed_metric} or {@code
 * value_to_metric} has one set for each value that clients send; beyond {@link #MAX_LIMITS} sets, further ones share one.
 */
public final class Statistics {

    /** The most limits counted apart. */
    public static final int MAX_LIMITS = 100_000;

    private static final String SERVICE = "ratelimit.service.";
    private static final String LIMIT = SERVICE + "rate_limit.";

    private final Map<String, LimitStatistics> limits = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unknownDomains = new ConcurrentHashMap<>();
    private final LimitStatistics others = new LimitStatistics();
    final LongAdder configLoadSuccess = new LongAdder();
    final LongAdder configLoadError = new LongAdder();
    final LongAdder redisError = new LongAdder();
    final LongAdder serviceError = new LongAdder();
    final LongAdder globalShadowMode = new LongAdder();

    LimitStatistics of(String path) {
        LimitStatistics known = limits.get(path);
        if (known != null) {
            return known;
        }
        return limits.size() < MAX_LIMITS ? limits.computeIfAbsent(path, name -> new LimitStatistics()) : others;
    }

    void unknownDomain(String domain) {
        if (unknownDomains.size() < MAX_LIMITS || unknownDomains.containsKey(domain)) {
            unknownDomains.computeIfAbsent(domain, name -> new LongAdder()).increment();
        }
    }

    /** All counters by name, in the order of their names. */
    public Map<String, Long> snapshot() {
        Map<String, Long> values = new TreeMap<>();
        limits.forEach((path, counts) -> put(values, StatName.of(path), counts));
        unknownDomains.forEach((domain, count) -> values.merge(LIMIT + StatName.of(domain) + ".domain_not_found", count.sum(), Long::sum));
        values.put(SERVICE + "config_load_success", configLoadSuccess.sum());
        values.put(SERVICE + "config_load_error", configLoadError.sum());
        values.put(SERVICE + "call.should_rate_limit.redis_error", redisError.sum());
        values.put(SERVICE + "call.should_rate_limit.service_error", serviceError.sum());
        values.put(SERVICE + "global_shadow_mode", globalShadowMode.sum());
        return values;
    }

    private static void put(Map<String, Long> values, String path, LimitStatistics counts) {
        String prefix = LIMIT + path;
        values.merge(prefix + ".total_hits", counts.totalHits().sum(), Long::sum);
        values.merge(prefix + ".over_limit", counts.overLimit().sum(), Long::sum);
        values.merge(prefix + ".near_limit", counts.nearLimit().sum(), Long::sum);
        values.merge(prefix + ".over_limit_with_local_cache", counts.overLimitWithLocalCache().sum(), Long::sum);
        values.merge(prefix + ".within_limit", counts.withinLimit().sum(), Long::sum);
        values.merge(prefix + ".shadow_mode", counts.shadowMode().sum(), Long::sum);
    }
}
