package dev.gatehouse.ratelimit;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import java.util.Optional;

/** The token rate limit as a feature: takes part in every exchange that a {@code TokenRateLimitPolicy} applies to. */
public record RateLimitFeature(PolicySource<TokenRateLimitPolicy, CompiledLimits> policies) implements Feature {

    static final String NAME = "ratelimit";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return Optional.empty();
    }
}
