package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.RateLimitQuery;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Descriptor;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Override;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer's dynamic metadata: the question, and what the limits that are not exceeded have to say. */
final class AnswerMetadata {

    private AnswerMetadata() {}

    static Map<String, Object> of(RateLimitQuery query, List<Verdict> verdicts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("domain", query.domain());
        fields.put("descriptors", query.descriptors().stream().map(AnswerMetadata::descriptor).toList());
        if (query.hitsAddend() != 0) {
            fields.put("hitsAddend", query.hitsAddend());
        }
        Map<String, Object> passed = new LinkedHashMap<>();
        for (Verdict verdict : verdicts) {
            if (!verdict.isOver()) {
                verdict.rule().ifPresent(rule -> merge(passed, rule.metadata()));
            }
        }
        if (!passed.isEmpty()) {
            fields.put("metadata", passed);
        }
        return fields;
    }

    private static Map<String, Object> descriptor(Descriptor descriptor) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("entries", descriptor.entries().stream().map(entry -> entry.key() + "=" + entry.value()).toList());
        descriptor.override().ifPresent(override -> fields.put("limit", text(override)));
        descriptor.hits().ifPresent(hits -> fields.put("hitsAddend", hits));
        return fields;
    }

    /** As protobuf's text format has it: nothing of what is zero. */
    private static String text(Override override) {
        String requests = override.requestsPerUnit() == 0 ? "" : "requests_per_unit:" + override.requestsPerUnit();
        String unit = override.unit().map(known -> "unit:" + known.name()).orElse("");
        return (requests + " " + unit).strip();
    }

    /** Adds what is not there yet; maps are merged. */
    private static void merge(Map<String, Object> into, Map<?, ?> from) {
        from.forEach((key, value) -> {
            String name = key.toString();
            if (value instanceof Map<?, ?> map && into.getOrDefault(name, Map.of()) instanceof Map<?, ?> there) {
                Map<String, Object> merged = new LinkedHashMap<>();
                merge(merged, there);
                merge(merged, map);
                into.put(name, merged);
            } else {
                into.putIfAbsent(name, value);
            }
        });
    }
}
