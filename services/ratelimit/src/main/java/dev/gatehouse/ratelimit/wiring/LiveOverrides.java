package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.ratelimit.admit.Overrides;
import java.util.function.Supplier;

/** The overrides that hold now, put in order once for each change of the documents. */
final class LiveOverrides implements Supplier<Overrides> {

    private record Ordered(Snapshot<TokenRateLimitOverride, TokenRateLimitOverride> snapshot, Overrides overrides) {}

    private final PolicySource<TokenRateLimitOverride, TokenRateLimitOverride> source;
    private volatile Ordered ordered;

    LiveOverrides(PolicySource<TokenRateLimitOverride, TokenRateLimitOverride> source) {
        this.source = source;
        this.ordered = new Ordered(source.current(), Overrides.of(source.current()));
    }

    @Override
    public Overrides get() {
        Snapshot<TokenRateLimitOverride, TokenRateLimitOverride> now = source.current();
        Ordered known = ordered;
        if (known.snapshot() != now) {
            known = new Ordered(now, Overrides.of(now));
            ordered = known;
        }
        return known.overrides();
    }
}
