package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The policy of the token rate limit, {@code gatehouse.dev/v1alpha1}. */
public record TokenRateLimitPolicy(String apiVersion, String kind, ObjectMeta metadata, @Required TokenRateLimitSpec spec) implements Policy {

    public static final PolicyKind<TokenRateLimitPolicy> KIND = PolicyKind.of(TokenRateLimitPolicy.class);

    public TokenRateLimitPolicy {
        PolicyKind.check(apiVersion, kind, TokenRateLimitPolicy.class);
        InvalidField.required("metadata", metadata);
        InvalidField.required("spec", spec);
    }

    @Override
    public List<TargetRef> targetRefs() {
        return spec.targetRefs();
    }

    @Override
    public IdentityBlock identity() {
        return spec.identity();
    }
}
