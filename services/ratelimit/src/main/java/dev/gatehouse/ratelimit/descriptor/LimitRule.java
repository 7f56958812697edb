package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.LimitUnit;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.CurrentLimit;
import dev.gatehouse.envoy.ratelimit.config.DescriptorConfig;
import dev.gatehouse.envoy.ratelimit.config.LimitConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A limit as it holds.
 *
 * @param path     domain and composites of the tree down to it, with dots: its name in statistics
 * @param unit     empty if and only if unlimited
 * @param name     empty where it has none; {@code policy/limit} shares that limit's counter
 * @param metadata empty where it has none
 */
record LimitRule(
        String path,
        long requestsPerUnit,
        Optional<LimitUnit> unit,
        String name,
        List<String> replaces,
        boolean shadow,
        boolean quota,
        boolean detailed,
        Map<String, Object> metadata) {

    static LimitRule of(String source, String path, DescriptorConfig descriptor, LimitConfig limit) {
        checkReplaces(source, limit);
        return new LimitRule(path, limit.requestsPerUnit(), unit(source, limit), limit.name(), limit.replaces(),
                descriptor.shadowMode(), descriptor.quotaMode(), descriptor.detailedMetric(), descriptor.metadata());
    }

    /** A limit that the host brought along: never in shadow or quota mode. */
    static LimitRule override(String path, long requestsPerUnit, LimitUnit unit) {
        return new LimitRule(path, requestsPerUnit, Optional.of(unit), "", List.of(), false, false, false, Map.of());
    }

    boolean isUnlimited() {
        return unit.isEmpty();
    }

    CurrentLimit current() {
        return new CurrentLimit(name, requestsPerUnit, unit.orElseThrow());
    }

    private static Optional<LimitUnit> unit(String source, LimitConfig limit) {
        Optional<LimitUnit> unit = LimitUnit.named(limit.unit());
        if (limit.unlimited() && unit.isPresent()) {
            throw new InvalidConfig(source, "should not specify rate limit unit when unlimited");
        }
        if (!limit.unlimited() && unit.isEmpty()) {
            throw new InvalidConfig(source, "invalid rate limit unit '" + limit.unit() + "'");
        }
        return unit;
    }

    private static void checkReplaces(String source, LimitConfig limit) {
        for (String replaced : limit.replaces()) {
            if (replaced.isEmpty()) {
                throw new InvalidConfig(source, "should not have an empty replaces entry");
            }
            if (replaced.equals(limit.name())) {
                throw new InvalidConfig(source, "replaces should not contain name of same descriptor");
            }
        }
    }
}
