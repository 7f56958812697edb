package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.ratelimit.admit.Overrides;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The overrides that hold now, put in order once for each change of the documents. What fits no limit is said in the log. */
final class LiveOverrides implements Supplier<Overrides> {

    private record Ordered(Snapshot<TokenRateLimitOverride, TokenRateLimitOverride> snapshot, Overrides overrides) {}

    private static final Logger LOG = Logger.getLogger(LiveOverrides.class);

    private final PolicySource<TokenRateLimitOverride, TokenRateLimitOverride> source;
    private final PolicySource<TokenRateLimitPolicy, CompiledLimits> policies;
    private volatile Ordered ordered;

    LiveOverrides(PolicySource<TokenRateLimitOverride, TokenRateLimitOverride> source, PolicySource<TokenRateLimitPolicy, CompiledLimits> policies) {
        this.source = source;
        this.policies = policies;
        this.ordered = ordered(source.current());
    }

    @Override
    public Overrides get() {
        Snapshot<TokenRateLimitOverride, TokenRateLimitOverride> now = source.current();
        Ordered known = ordered;
        if (known.snapshot() != now) {
            known = ordered(now);
            ordered = known;
        }
        return known.overrides();
    }

    private Ordered ordered(Snapshot<TokenRateLimitOverride, TokenRateLimitOverride> snapshot) {
        Overrides overrides = Overrides.of(snapshot);
        overrides.unsuited(policies.current()).forEach(complaint -> LOG.warnf("%s; the override has no effect", complaint));
        return new Ordered(snapshot, overrides);
    }
}
