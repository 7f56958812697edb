package dev.gatehouse.ratelimit.compile;

import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitSpec;
import java.util.List;

/** A policy and its limits, ready to run. */
public record CompiledLimits(TokenRateLimitPolicy policy, List<CompiledLimit> limits) {

    public CompiledLimits {
        limits = List.copyOf(limits);
    }

    /** {@code namespace/name}. */
    public String name() {
        return policy.qualifiedName();
    }

    public TokenRateLimitSpec spec() {
        return policy.spec();
    }

    public int maxBodyBytes() {
        return spec().maxBodyBytes().bytes();
    }
}
