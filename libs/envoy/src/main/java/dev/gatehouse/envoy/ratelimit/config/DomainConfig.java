package dev.gatehouse.envoy.ratelimit.config;

import java.util.List;

/**
 * The limits of one domain.
 *
 * @param name where they come from, for messages: a file, or the resource's name
 */
public record DomainConfig(String name, String domain, List<DescriptorConfig> descriptors) {}
