package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.FolderSource;
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
import dev.gatehouse.service.lifecycle.PolicyLog;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.tokens.TokenCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Puts together what the policies of a folder need: the policies, their overrides, and the feature that keeps them. */
final class PolicyWiring implements AutoCloseable {

    private final PolicySource<TokenRateLimitOverride, TokenRateLimitOverride> overrides;
    private final PolicySource<TokenRateLimitPolicy, CompiledLimits> policies;
    private final Budgets budgets;
    private final Limiter limiter;

    PolicyWiring(Path folder, Stores stores, KeyedHash hash, TokenCounter counter, MeterRegistry meters) throws IOException {
        overrides = FolderSource.open(folder, TokenRateLimitOverride.KIND, document -> document, new PolicyLog());
        policies = FolderSource.open(folder, TokenRateLimitPolicy.KIND, new LimitCompiler(), new PolicyLog());
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

    /** Policies that never were valid: they limit nothing. */
    Set<String> neverValid() {
        return policies.current().neverValid();
    }

    @Override
    public void close() {
        policies.close();
        overrides.close();
    }
}
