package dev.gatehouse.ratelimit.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random configurations and questions over a small alphabet, so that they meet. */
final class Generated {

    private static final List<String> KEYS = List.of("k", "l", "m");
    private static final List<String> CONFIGURED = List.of("", "a", "b", "a*", "*b", "a*c*", "*");
    private static final List<String> ASKED = List.of("a", "b", "ab", "aab", "axc", "axcy", "c", "");
    // Windows that hardly end while a test runs.
    private static final List<String> UNITS = List.of("day", "week", "month", "year");

    private final Random random;

    Generated(long seed) {
        random = new Random(seed);
    }

    /** One domain's file. */
    String file(String domain) {
        StringBuilder yaml = new StringBuilder("domain: ").append(domain).append("\ndescriptors:\n");
        descriptors(yaml, "", 3);
        return yaml.toString();
    }

    private void descriptors(StringBuilder yaml, String indent, int depth) {
        List<String> taken = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String key = any(KEYS);
            String value = any(CONFIGURED);
            if (taken.contains(key + value)) {
                continue;
            }
            taken.add(key + value);
            yaml.append(indent).append("  - key: ").append(key).append('\n');
            if (!value.isEmpty()) {
                yaml.append(indent).append("    value: '").append(value).append("'\n");
            }
            flags(yaml, indent + "    ", value.contains("*"));
            if (chance(70)) {
                limit(yaml, indent + "    ");
            }
            if (depth > 1 && chance(50)) {
                yaml.append(indent).append("    descriptors:\n");
                descriptors(yaml, indent + "    ", depth - 1);
            }
        }
    }

    private void flags(StringBuilder yaml, String indent, boolean wildcard) {
        flag(yaml, indent, "shadow_mode", 10);
        flag(yaml, indent, "quota_mode", 15);
        flag(yaml, indent, "detailed_metric", 15);
        flag(yaml, indent, "value_to_metric", 15);
        if (wildcard) {
            flag(yaml, indent, "share_threshold", 40);
        }
    }

    private void flag(StringBuilder yaml, String indent, String name, int percent) {
        if (chance(percent)) {
            yaml.append(indent).append(name).append(": true\n");
        }
    }

    private void limit(StringBuilder yaml, String indent) {
        yaml.append(indent).append("rate_limit:\n");
        if (chance(10)) {
            yaml.append(indent).append("  unlimited: true\n");
        } else {
            yaml.append(indent).append("  unit: ").append(any(UNITS)).append('\n');
            yaml.append(indent).append("  requests_per_unit: ").append(random.nextInt(12)).append('\n');
        }
        int name = random.nextInt(8);
        if (name < 3) {
            yaml.append(indent).append("  name: n").append(name).append('\n');
        }
        if (chance(20)) {
            yaml.append(indent).append("  replaces: [{name: n").append((name + 1) % 3).append("}]\n");
        }
    }

    /** A RateLimitRequest in JSON. */
    String question(String domain) {
        List<String> descriptors = new ArrayList<>();
        int count = chance(3) ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            descriptors.add(descriptor());
        }
        String hits = chance(40) ? ",\"hitsAddend\":" + random.nextInt(4) : "";
        return "{\"domain\":\"" + (chance(2) ? "" : domain) + "\"" + hits + ",\"descriptors\":[" + String.join(",", descriptors) + "]}";
    }

    private String descriptor() {
        List<String> entries = new ArrayList<>();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            entries.add("{\"key\":\"" + any(KEYS) + "\",\"value\":\"" + any(ASKED) + "\"}");
        }
        String hits = chance(25) ? ",\"hitsAddend\":\"" + random.nextInt(4) + "\"" : "";
        String limit = chance(5) ? ",\"limit\":{\"requestsPerUnit\":" + random.nextInt(5) + ",\"unit\":\"DAY\"}" : "";
        return "{\"entries\":[" + String.join(",", entries) + "]" + hits + limit + "}";
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
