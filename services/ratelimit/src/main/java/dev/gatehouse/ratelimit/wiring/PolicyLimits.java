package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.ratelimit.admit.Budgets;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.ratelimit.descriptor.SharedLimits;
import dev.gatehouse.state.limit.Bucket;
import java.util.List;
import java.util.Optional;

/** The limits of policies under the names {@code namespace/policy/limit}, or {@code policy/limit} in the namespace {@code default}. */
record PolicyLimits(PolicySource<TokenRateLimitPolicy, CompiledLimits> policies, Budgets budgets) implements SharedLimits {

    @Override
    public Optional<Bucket> bucket(String name, List<String> values) {
        int limitFrom = name.lastIndexOf('/');
        if (limitFrom < 1) {
            return Optional.empty();
        }
        String policy = name.substring(0, limitFrom);
        String qualified = policy.indexOf('/') < 0 ? "default/" + policy : policy;
        return policies.current().policies().stream().map(known -> known.compiled()).filter(compiled -> compiled.name().equals(qualified))
                .findFirst().flatMap(compiled -> bucket(compiled, name.substring(limitFrom + 1), values));
    }

    private Optional<Bucket> bucket(CompiledLimits policy, String limit, List<String> values) {
        Optional<CompiledLimit> named = policy.limits().stream()
                .filter(candidate -> candidate.name().equals(limit) && candidate.key().size() == values.size()).findFirst();
        return named.map(found -> budgets.of(policy, found, values).bucket());
    }
}
