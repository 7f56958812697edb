package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Other amounts for some keys of a policy's limits, in a document of their own: whoever raises a tenant need not touch the policy. They
 * hold before the policy's own overrides. Targets nothing itself.
 */
public record TokenRateLimitOverride(String apiVersion, String kind, ObjectMeta metadata, Spec spec) implements Policy {

    public static final PolicyKind<TokenRateLimitOverride> KIND = PolicyKind.of(TokenRateLimitOverride.class);

    /**
     * @param policy    name of the policy, in the document's namespace
     * @param overrides 1 to 10,000
     */
    public record Spec(String policy, List<Entry> overrides) {
        public Spec {
            InvalidField.required("policy", policy);
            InvalidField.check(!overrides.isEmpty() && overrides.size() <= 10_000, "overrides", "must be 1 to 10000, are " + overrides.size());
        }
    }

    /**
     * One override, as {@link KeyOverride}.
     *
     * @param limit the limit's name
     */
    public record Entry(
            String limit, List<String> values, Optional<BigDecimal> amount, Optional<BigDecimal> burst, Optional<Integer> concurrency) {
        public Entry {
            InvalidField.required("limit", limit);
            InvalidField.check(amount.isPresent() || burst.isPresent() || concurrency.isPresent(), "", "must have amount, burst or concurrency");
        }

        public KeyOverride override() {
            return new KeyOverride(values, amount, burst, concurrency);
        }
    }

    public TokenRateLimitOverride {
        PolicyKind.check(apiVersion, kind, TokenRateLimitOverride.class);
        InvalidField.required("metadata", metadata);
        InvalidField.required("spec", spec);
    }

    /** {@code namespace/name} of the policy. */
    public String policyName() {
        return metadata.namespace() + "/" + spec.policy();
    }

    @Override
    public List<TargetRef> targetRefs() {
        return List.of();
    }

    @Override
    public IdentityBlock identity() {
        return IdentityBlock.DEFAULT;
    }
}
