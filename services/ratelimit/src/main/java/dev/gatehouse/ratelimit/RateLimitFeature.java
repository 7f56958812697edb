package dev.gatehouse.ratelimit;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.limit.HeaderOptions;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitSpec;
import dev.gatehouse.policy.resolve.Resolution;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import java.util.Optional;

/**
 * The token rate limit as a feature: takes part in every exchange that a {@code TokenRateLimitPolicy} applies to.
 *
 * @param policies where policies come from
 * @param limiter  what all exchanges share
 */
public record RateLimitFeature(PolicySource<TokenRateLimitPolicy, CompiledLimits> policies, Limiter limiter) implements Feature {

    static final String NAME = "ratelimit";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> acceptance(resolution, head));
    }

    private Acceptance acceptance(Resolution<TokenRateLimitPolicy, CompiledLimits> resolution, RequestHead head) {
        CompiledLimits policy = resolution.policy().compiled();
        TokenRateLimitSpec spec = policy.spec();
        RateLimitHandler handler = new RateLimitHandler(limiter, policy, head, Attribution.of(resolution.rule(), head));
        return new Acceptance(handler, interest(policy), spec.timeout(), spec.failureMode(), policy.maxBodyBytes());
    }

    private static Interest interest(CompiledLimits policy) {
        boolean tellsAlways = policy.spec().headers().when() == HeaderOptions.Moment.Always;
        boolean readsAnswers = policy.spec().readsAnswers();
        return new Interest(policy.readsBody(), readsAnswers || tellsAlways, readsAnswers);
    }
}
