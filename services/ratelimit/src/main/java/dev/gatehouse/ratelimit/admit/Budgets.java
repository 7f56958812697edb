package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.limit.KeyOverride;
import dev.gatehouse.policy.limit.Limit;
import dev.gatehouse.policy.limit.Quota;
import dev.gatehouse.policy.limit.Unit;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.Algorithm;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Window;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which bucket counts a limit for a key, and how much it holds there. Buckets for the same values lie in one slot of a Redis
 * Cluster, those of limits without a key in the policy's; {@link Keys#tag}.
 *
 * @param keys      the builder of the store's keys
 * @param overrides other amounts for some keys, as they are now
 */
public record Budgets(Keys keys, Supplier<Overrides> overrides) {

    private static final String FEATURE = "limit";

    /** The budget of a limit for a key with these values. */
    public Budget of(CompiledLimits policy, CompiledLimit limit, List<String> values) {
        Optional<KeyOverride> override = overrides.get().find(policy, limit.limit(), values);
        return new Budget(limit, values, new Bucket(key(policy, limit, values), algorithm(limit.limit(), override)));
    }

    private Key key(CompiledLimits policy, CompiledLimit limit, List<String> values) {
        String[] parts = new String[values.size() + 1];
        parts[0] = limit.name();
        for (int i = 0; i < values.size(); i++) {
            parts[i + 1] = values.get(i);
        }
        return keys.key(keys.tag(policy.policy().uid(), values), FEATURE, parts);
    }

    private static Algorithm algorithm(Limit limit, Optional<KeyOverride> override) {
        return limit.quota().map(quota -> ofQuota(quota, override))
                .orElseGet(() -> new Algorithm.InFlight(override.flatMap(KeyOverride::concurrency).or(limit::concurrency).orElseThrow()));
    }

    private static Algorithm ofQuota(Quota quota, Optional<KeyOverride> override) {
        long amount = units(override.flatMap(KeyOverride::amount).orElse(quota.amount()), quota.unit());
        return switch (quota.algorithm()) {
            case TokenBucket -> new Algorithm.TokenBucket(amount, quota.period().length().orElseThrow(), burst(quota, override, amount));
            case SlidingWindow -> new Algorithm.SlidingWindow(amount, quota.period().length().orElseThrow());
            case FixedWindow -> new Algorithm.FixedWindow(amount, window(quota));
        };
    }

    /** Whoever raises an amount means the burst too. */
    private static long burst(Quota quota, Optional<KeyOverride> override, long amount) {
        Optional<BigDecimal> given = override.isEmpty() ? quota.burst()
                : override.flatMap(KeyOverride::burst).or(() -> override.flatMap(KeyOverride::amount).isPresent() ? Optional.empty() : quota.burst());
        return given.map(burst -> units(burst, quota.unit())).orElse(amount);
    }

    private static Window window(Quota quota) {
        return quota.period().length().<Window>map(Window.Every::new)
                .orElseGet(() -> new Window.Calendar(Window.Calendar.Unit.MONTH, ZoneOffset.UTC));
    }

    private static long units(BigDecimal amount, Unit unit) {
        return unit == Unit.Cost ? Money.whole(amount) : amount.longValueExact();
    }
}
