package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Entry;
import dev.gatehouse.envoy.ratelimit.config.DescriptorConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One level of a domain's tree, ready to be searched. Built once, then only read. */
final class DescriptorNode {

    /**
     * A child that an entry led to.
     *
     * @param value what of the child's value the statistics show: as configured, or the request's where the child asks for it
     * @param shared the pattern that stands for the value in the counter, where all values that it matches share one
     */
    record Step(DescriptorNode node, String value, Optional<String> shared) {}

    private final Map<String, DescriptorNode> children = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    private final Optional<LimitRule> limit;
    private final boolean valueToMetric;
    private final boolean shareThreshold;

    private DescriptorNode(Optional<LimitRule> limit, boolean valueToMetric, boolean shareThreshold) {
        this.limit = limit;
        this.valueToMetric = valueToMetric;
        this.shareThreshold = shareThreshold;
    }

    /** The root of a domain. */
    static DescriptorNode root() {
        return new DescriptorNode(Optional.empty(), false, false);
    }

    /** @param path of this node, with a dot at its end */
    void addAll(String source, String path, List<DescriptorConfig> descriptors) {
        descriptors.forEach(descriptor -> add(source, path, descriptor));
    }

    Optional<LimitRule> limit() {
        return limit;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** The child for an entry: key and value, else the first wildcard in file order, else the key alone. */
    Optional<Step> step(Entry entry) {
        String composite = entry.key() + "_" + entry.value();
        DescriptorNode exact = children.get(composite);
        if (exact != null) {
            return Optional.of(new Step(exact, entry.value(), Optional.empty()));
        }
        for (Wildcard wildcard : wildcards) {
            if (wildcard.matches(composite)) {
                return Optional.of(children.get(wildcard.pattern()).byWildcard(entry, wildcard.pattern()));
            }
        }
        DescriptorNode bare = children.get(entry.key());
        return Optional.ofNullable(bare).map(node -> new Step(node, node.valueToMetric ? entry.value() : "", Optional.empty()));
    }

    /** All limits from here down, in no order. */
    void collect(List<LimitRule> rules) {
        limit.ifPresent(rules::add);
        children.values().forEach(child -> child.collect(rules));
    }

    private Step byWildcard(Entry entry, String pattern) {
        String value = withoutKey(entry, pattern);
        if (shareThreshold) {
            return new Step(this, value, Optional.of(value));
        }
        return new Step(this, valueToMetric ? entry.value() : value, Optional.empty());
    }

    private static String withoutKey(Entry entry, String pattern) {
        String prefix = entry.key() + "_";
        return pattern.startsWith(prefix) ? pattern.substring(prefix.length()) : pattern;
    }

    private void add(String source, String path, DescriptorConfig descriptor) {
        if (descriptor.key().isEmpty()) {
            throw new InvalidConfig(source, "descriptor has empty key");
        }
        String composite = descriptor.composite();
        if (children.containsKey(composite)) {
            throw new InvalidConfig(source, "duplicate descriptor composite key '" + path + composite + "'");
        }
        if (descriptor.shareThreshold() && !descriptor.isWildcard()) {
            throw new InvalidConfig(source,
                    "share_threshold can only be used with wildcard values (containing '*'), but found key '" + composite + "'");
        }
        Optional<LimitRule> rule = descriptor.limit().map(limit -> LimitRule.of(source, path + composite, descriptor, limit));
        DescriptorNode node = new DescriptorNode(rule, descriptor.valueToMetric(), descriptor.shareThreshold());
        node.addAll(source, path + composite + ".", descriptor.descriptors());
        children.put(composite, node);
        if (descriptor.isWildcard()) {
            wildcards.add(Wildcard.of(composite));
        }
    }
}
