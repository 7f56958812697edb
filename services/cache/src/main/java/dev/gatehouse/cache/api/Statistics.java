package dev.gatehouse.cache.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.Estimate;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.cache.Semantic;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.source.PolicySource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers {@code GET /v1/stats}: what this replica has counted since it started, policy by policy. The figures are those of its metrics.
 *
 * @param meters where they are counted
 * @param bound  knows how many wrong hits are likely
 */
public record Statistics(PolicySource<SemanticCachePolicy, CompiledCache> policies, MeterRegistry meters, Bound bound) {

    /** {@code {"policies": [{"policy", "mode", "bound", "requests", "hits", "misses", "bypassed", "nearMisses", "answers", "tokensSaved", ...}]}}. */
    public byte[] answer() throws IOException {
        ObjectNode root = Written.JSON.createObjectNode();
        ArrayNode list = root.putArray("policies");
        for (CompiledPolicy<SemanticCachePolicy, CompiledCache> policy : policies.current().policies()) {
            describe(policy.compiled(), list.addObject());
        }
        return Written.JSON.writeValueAsBytes(root);
    }

    private void describe(CompiledCache policy, ObjectNode to) {
        String name = policy.name();
        Semantic semantic = policy.spec().semantic();
        to.put("policy", name).put("mode", policy.spec().mode().name());
        bound(to.putObject("bound").put("share", semantic.bound()).put("of", semantic.isOverHits() ? "hits" : "requests"), policy);
        to.put("requests", sum(name, "gatehouse.cache.requests", Map.of()));
        put(to.putObject("hits"), by(name, "gatehouse.cache.requests", Map.of("result", "hit"), "tier"));
        to.put("stale", sum(name, "gatehouse.cache.requests", Map.of("result", "stale")));
        put(to.putObject("misses"), by(name, "gatehouse.cache.requests", Map.of("result", "miss"), "reason"));
        put(to.putObject("bypassed"), by(name, "gatehouse.cache.requests", Map.of("result", "bypass"), "reason"));
        put(to.putObject("nearMisses"), by(name, "gatehouse.cache.near.misses", Map.of(), "veto"));
        put(to.putObject("answers"), by(name, "gatehouse.cache.answers", Map.of(), "result"));
        put(to.putObject("tokensSaved"), by(name, "gatehouse.cache.tokens.saved", Map.of(), "gen_ai.token.type"));
        meters.find("gatehouse.cache.money.saved").tag("policy", name).counters().forEach(saved -> to.put("moneySaved", saved.count()));
        put(to.putObject("shadowHits"), by(name, "gatehouse.cache.shadow.hits", Map.of(), "tier"));
    }

    /** What of the bound is used, as estimated: of all pools that this replica knows together. */
    private void bound(ObjectNode to, CompiledCache policy) {
        Estimate known = bound.estimate(policy.policy().uid());
        to.put("estimated", known.wrongShare(policy.spec().semantic().isOverHits())).put("labels", known.labels()).put("minimumScore", known.minimum());
    }

    private static void put(ObjectNode to, Map<String, Long> counts) {
        counts.forEach(to::put);
    }

    private long sum(String policy, String counter, Map<String, String> where) {
        return by(policy, counter, where, "policy").values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Long> by(String policy, String counter, Map<String, String> where, String tag) {
        Map<String, Long> counts = new TreeMap<>();
        for (Counter each : meters.find(counter).tag("policy", policy).counters()) {
            boolean chosen = where.entrySet().stream().allMatch(wanted -> wanted.getValue().equals(each.getId().getTag(wanted.getKey())));
            if (chosen) {
                counts.merge(Optional.ofNullable(each.getId().getTag(tag)).orElse(""), (long) each.count(), Long::sum);
            }
        }
        return counts;
    }
}
