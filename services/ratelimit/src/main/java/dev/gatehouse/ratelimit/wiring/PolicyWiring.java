package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.ratelimit.Limiter;
import dev.gatehouse.ratelimit.RateLimitFeature;
import dev.gatehouse.ratelimit.admit.Budgets;
import dev.gatehouse.ratelimit.admit.Stores;
import dev.gatehouse.ratelimit.api.LimitsView;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.ratelimit.compile.LimitCompiler;
import dev.gatehouse.ratelimit.descriptor.SharedLimits;
import dev.gatehouse.ratelimit.peek.BudgetPeek;
import dev.gatehouse.ratelimit.telemetry.RateLimitTelemetry;
import dev.gatehouse.service.lifecycle.Policies;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.tokens.TokenCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;

/** Puts together what the policies need: the policies, their overrides, and the feature that keeps them. */
final class PolicyWiring {

    private final PolicySource<TokenRateLimitPolicy, CompiledLimits> policies;
    private final Budgets budgets;
    private final Limiter limiter;

    PolicyWiring(Policies all, Stores stores, KeyedHash hash, TokenCounter counter, MeterRegistry meters) throws IOException {
        PolicySource<TokenRateLimitOverride, TokenRateLimitOverride> overrides = all.supplement(TokenRateLimitOverride.KIND, document -> document);
        policies = all.open(TokenRateLimitPolicy.KIND, new LimitCompiler());
        budgets = new Budgets(new Keys(hash), new LiveOverrides(overrides, policies));
        limiter = Limiter.over(stores, budgets, hash, counter, new RateLimitTelemetry(meters));
    }

    /** Takes part of a second, or up to three where the machine is slow. */
    void warmUp() throws IOException, InterruptedException {
        WarmUp.run(limiter.hash(), limiter.counter());
    }

    /** What operators may see and do. */
    LimitsView view() {
        return new LimitsView(policies, limiter.keys(), limiter.admitter().stores());
    }

    /** The limits of policies, for descriptors that share their counts. */
    SharedLimits shared() {
        return new PolicyLimits(policies, budgets);
    }

    /** What identities may still spend. */
    BudgetPeek peek(AsyncLimits limits) {
        return new BudgetPeek(policies, limiter.proposer(), limits, limiter.hash());
    }

    RateLimitFeature feature() {
        return new RateLimitFeature(policies, limiter);
    }
}
