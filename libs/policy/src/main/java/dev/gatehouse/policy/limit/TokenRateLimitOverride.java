package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Other amounts for some keys of a policy's limits, in a document of their own: whoever raises a tenant need not touch the policy. They
 * hold before the policy's own overrides. Targets nothing itself.
 *
 * @param spec what holds instead, and of what
 */
public record TokenRateLimitOverride(String apiVersion, String kind, ObjectMeta metadata, @Required Spec spec) implements Policy {

    public static final PolicyKind<TokenRateLimitOverride> KIND = PolicyKind.of(TokenRateLimitOverride.class);

    /**
     * Whose limits, and what holds instead.
     *
     * @param policy    name of the policy, in the document's namespace
     * @param overrides 1 to 10,000
     */
    public record Spec(@Required String policy, @Required @Size(min = 1, max = 10000) List<Entry> overrides) {
        public Spec {
            InvalidField.required("policy", policy);
            InvalidField.check(!overrides.isEmpty() && overrides.size() <= 10_000, "overrides", "must be 1 to 10000, are " + overrides.size());
        }
    }

    /**
     * Another amount for some keys of one limit.
     *
     * @param limit       the limit's name
     * @param values      one for each part of the limit's key, in its order; {@code "*"} stands for any
     * @param amount      in the place of the quota's
     * @param burst       in the place of the quota's; the new amount when absent and the amount is given
     * @param concurrency in the place of the limit's
     */
    @ValidationRule(value = KeyOverride.SAYS_SOMETHING, message = "must have amount, burst or concurrency")
    public record Entry(
            @Required String limit, List<String> values, @Min(value = 0, inclusive = false) @Max(1e12) Optional<BigDecimal> amount,
            @Min(value = 0, inclusive = false) @Max(1e12) Optional<BigDecimal> burst, @Min(1) @Max(Limit.MAX_CONCURRENCY) Optional<Integer> concurrency) {
        public Entry {
            InvalidField.required("limit", limit);
            InvalidField.check(amount.isPresent() || burst.isPresent() || concurrency.isPresent(), "", "must have amount, burst or concurrency");
            amount.ifPresent(given -> Quota.checkRange("amount", given));
            burst.ifPresent(given -> Quota.checkRange("burst", given));
            InvalidField.check(concurrency.filter(given -> !Limit.isConcurrency(given)).isEmpty(), "concurrency", "must be 1 to " + Limit.MAX_CONCURRENCY);
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
