package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Descriptor;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Entry;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Override;
import dev.gatehouse.envoy.ratelimit.RateLimiter.Refused;
import dev.gatehouse.envoy.ratelimit.config.DomainConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All domains' limits, checked. Immutable. */
final class DescriptorConfigs {

    private final Map<String, DescriptorNode> domains = new LinkedHashMap<>();

    /**
     * @param merge whether several configurations may speak of one domain
     * @throws InvalidConfig naming the first fault
     */
    DescriptorConfigs(List<DomainConfig> configs, boolean merge) {
        for (DomainConfig config : configs) {
            if (config.domain().isEmpty()) {
                throw new InvalidConfig(config.name(), "config file cannot have empty domain");
            }
            if (domains.containsKey(config.domain()) && !merge) {
                throw new InvalidConfig(config.name(), "duplicate domain '" + config.domain() + "' in config file");
            }
            DescriptorNode root = domains.computeIfAbsent(config.domain(), domain -> DescriptorNode.root());
            root.addAll(config.name(), config.domain() + ".", config.descriptors());
        }
    }

    boolean isEmpty() {
        return domains.isEmpty();
    }

    boolean knows(String domain) {
        return domains.containsKey(domain);
    }

    /** All limits, domain by domain. */
    List<LimitRule> rules() {
        List<LimitRule> rules = new ArrayList<>();
        domains.values().forEach(root -> root.collect(rules));
        return rules;
    }

    /** The limit for a descriptor: the one that it brings along, else the one at exactly its depth. */
    Optional<Match> find(String domain, Descriptor descriptor) {
        DescriptorNode root = domains.get(domain);
        if (root == null) {
            return Optional.empty();
        }
        return descriptor.override().isPresent()
                ? Optional.of(override(domain, descriptor, descriptor.override().get()))
                : walk(root, domain, descriptor.entries());
    }

    private static Match override(String domain, Descriptor descriptor, Override override) {
        StringBuilder path = new StringBuilder(domain).append('.');
        for (Entry entry : descriptor.entries()) {
            path.append(path.length() == domain.length() + 1 ? "" : ".").append(entry.key()).append(entry.value().isEmpty() ? "" : "_" + entry.value());
        }
        LimitRule rule = LimitRule.override(
                path.toString(), override.requestsPerUnit(), override.unit().orElseThrow(() -> new Refused("a limit override needs a unit")));
        return new Match(rule, rule.path(), values(descriptor.entries()));
    }

    private static List<String> values(List<Entry> entries) {
        return entries.stream().map(Entry::value).toList();
    }

    private static Optional<Match> walk(DescriptorNode root, String domain, List<Entry> entries) {
        Walk walk = new Walk(domain, entries.size());
        DescriptorNode node = root;
        for (Entry entry : entries) {
            Optional<DescriptorNode.Step> step = node.step(entry);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            walk.take(entry, step.get());
            node = step.get().node();
        }
        return entries.isEmpty() ? Optional.empty() : node.limit().map(walk::match);
    }

    /** What the way down a tree collects: the counter's values, and the name under which it is counted in statistics. */
    private static final class Walk {

        private final StringBuilder configured;
        private final List<String> keys;
        private final List<String> values;
        private boolean shares;

        Walk(String domain, int depth) {
            configured = new StringBuilder(domain);
            keys = new ArrayList<>(depth + 1);
            keys.add(domain);
            values = new ArrayList<>(depth);
        }

        void take(Entry entry, DescriptorNode.Step step) {
            configured.append('.').append(entry.key());
            if (!step.value().isEmpty()) {
                configured.append('_').append(step.value());
            }
            keys.add(entry.key());
            values.add(step.shared().orElse(entry.value()));
            shares |= step.shared().isPresent();
        }

        Match match(LimitRule rule) {
            return new Match(rule, rule.detailed() ? detailed() : configured.toString(), values);
        }

        /** An empty value is written with its underscore, but where a threshold is shared. */
        private String detailed() {
            StringBuilder path = new StringBuilder(keys.getFirst());
            for (int i = 0; i < values.size(); i++) {
                String value = values.get(i);
                path.append('.').append(keys.get(i + 1)).append(shares && value.isEmpty() ? "" : "_" + value);
            }
            return path.toString();
        }
    }
}
