package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.config.DomainConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration in force. Immutable; none until the first could be read. */
public final class DescriptorConfiguration {

    private static final DescriptorConfiguration NONE = new DescriptorConfiguration(null);

    private final DescriptorConfigs configs;

    private DescriptorConfiguration(DescriptorConfigs configs) {
        this.configs = configs;
    }

    /** Before the first is loaded: every question is refused. */
    public static DescriptorConfiguration none() {
        return NONE;
    }

    /**
     * @param merge whether several may speak of one domain
     * @throws InvalidConfig naming the first fault
     */
    public static DescriptorConfiguration of(List<DomainConfig> domains, boolean merge) {
        return new DescriptorConfiguration(new DescriptorConfigs(domains, merge));
    }

    /** Whether it has at least one domain. */
    public boolean hasDomains() {
        return configs != null && !configs.isEmpty();
    }

    /** One line for each limit, for people to read. */
    public String dump() {
        return configs == null ? "" : configs.rules().stream().map(DescriptorConfiguration::line).sorted().collect(Collectors.joining());
    }

    Optional<DescriptorConfigs> configs() {
        return Optional.ofNullable(configs);
    }

    private static String line(LimitRule rule) {
        return rule.path() + ": unit=" + rule.unit().map(Enum::name).orElse("UNKNOWN") + " requests_per_unit=" + rule.requestsPerUnit()
                + ", shadow_mode: " + rule.shadow() + ", quota_mode: " + rule.quota() + "\n";
    }
}
