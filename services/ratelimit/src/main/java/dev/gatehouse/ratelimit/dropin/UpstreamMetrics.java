package dev.gatehouse.ratelimit.dropin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Statistics as Prometheus text under the names and labels that envoyproxy/ratelimit's own mapping gives them: domain, and at most two
 * keys.
 */
public final class UpstreamMetrics {

    private static final String LIMIT = "ratelimit.service.rate_limit.";
    private static final String CALL = "ratelimit.service.call.should_rate_limit.";
    private static final List<String> MAPPED = List.of("total_hits", "over_limit", "near_limit", "within_limit", "shadow_mode");

    private UpstreamMetrics() {}

    /** @param statistics counters by statsd name */
    public static String text(Map<String, Long> statistics) {
        Map<String, Map<String, Long>> families = new TreeMap<>();
        statistics.forEach((name, value) -> add(families, name, value));
        StringBuilder text = new StringBuilder();
        families.forEach((family, samples) -> {
            text.append("# TYPE ").append(family).append(" counter\n");
            samples.forEach((labels, value) -> text.append(family).append(labels).append(' ').append(value).append('\n'));
        });
        return text.toString();
    }

    private static void add(Map<String, Map<String, Long>> families, String name, long value) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (name.startsWith(LIMIT) && MAPPED.contains(last)) {
            sample(families, "ratelimit_service_rate_limit_" + last, labels(name.substring(LIMIT.length(), name.length() - last.length() - 1)), value);
        } else if (name.startsWith(CALL)) {
            sample(families, "ratelimit_service_should_rate_limit_error", "{err_type=\"" + last + "\"}", value);
        } else {
            sample(families, name.replaceAll("[^A-Za-z0-9_]", "_"), "", value);
        }
    }

    private static void sample(Map<String, Map<String, Long>> families, String family, String labels, long value) {
        families.computeIfAbsent(family, name -> new TreeMap<>()).merge(labels, value, Long::sum);
    }

    private static String labels(String path) {
        List<String> names = new ArrayList<>();
        Collections.addAll(names, path.split("\\."));
        StringBuilder labels = new StringBuilder("{domain=\"").append(escaped(names.getFirst())).append('"');
        for (int i = 1; i < Math.min(names.size(), 3); i++) {
            labels.append(",key").append(i).append("=\"").append(escaped(names.get(i))).append('"');
        }
        return labels.append('}').toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
