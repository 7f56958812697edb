package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.limit.KeyOverride;
import dev.gatehouse.policy.limit.Limit;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Other amounts for some keys: those of override documents, the oldest document first, then the policy's own. Immutable. */
public final class Overrides {

    /** There is no document. */
    public static final Overrides NONE = new Overrides(Map.of());

    private record LimitName(String policy, String limit) {}

    private final Map<LimitName, List<KeyOverride>> byLimit;

    private Overrides(Map<LimitName, List<KeyOverride>> byLimit) {
        this.byLimit = byLimit;
    }

    /** Of all documents that hold now. */
    public static Overrides of(Snapshot<TokenRateLimitOverride, TokenRateLimitOverride> snapshot) {
        Map<LimitName, List<KeyOverride>> byLimit = new HashMap<>();
        for (CompiledPolicy<TokenRateLimitOverride, TokenRateLimitOverride> document : snapshot.policies()) {
            TokenRateLimitOverride override = document.policy();
            override.spec().overrides().forEach(entry -> byLimit
                    .computeIfAbsent(new LimitName(override.policyName(), entry.limit()), key -> new ArrayList<>()).add(entry.override()));
        }
        return new Overrides(byLimit);
    }

    /** What cannot hold since no policy has such a limit, or the limit is of another kind; one sentence each. */
    public List<String> unsuited(Snapshot<TokenRateLimitPolicy, CompiledLimits> policies) {
        List<String> complaints = new ArrayList<>();
        byLimit.forEach((name, overrides) -> {
            Optional<Limit> limit = limit(policies, name);
            if (limit.isEmpty()) {
                complaints.add("no policy " + name.policy() + " has a limit " + name.limit());
            } else if (!overrides.stream().allMatch(override -> override.suits(limit.get()))) {
                complaints.add("an override of " + name.policy() + ", limit " + name.limit() + ", does not fit its key or its kind");
            }
        });
        return complaints;
    }

    private static Optional<Limit> limit(Snapshot<TokenRateLimitPolicy, CompiledLimits> policies, LimitName name) {
        return policies.policies().stream().map(CompiledPolicy::compiled).filter(compiled -> compiled.name().equals(name.policy()))
                .flatMap(compiled -> compiled.limits().stream()).map(CompiledLimit::limit).filter(limit -> limit.name().equals(name.limit())).findFirst();
    }

    /** The override of a key, if any fits the limit: an entry that does not (another number of values, a burst without a bucket) is passed over. */
    Optional<KeyOverride> find(CompiledLimits policy, Limit limit, List<String> values) {
        return byLimit.getOrDefault(new LimitName(policy.name(), limit.name()), List.of()).stream()
                .filter(override -> override.matches(values) && override.suits(limit))
                .findFirst()
                .or(() -> limit.overrides().stream().filter(override -> override.matches(values)).findFirst());
    }
}
