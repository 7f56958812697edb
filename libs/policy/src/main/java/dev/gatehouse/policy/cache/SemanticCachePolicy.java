package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The policy of the semantic cache, {@code gatehouse.dev/v1alpha1}. */
public record SemanticCachePolicy(String apiVersion, String kind, ObjectMeta metadata, @Required SemanticCacheSpec spec) implements Policy {

    public static final PolicyKind<SemanticCachePolicy> KIND = PolicyKind.of(SemanticCachePolicy.class);

    public SemanticCachePolicy {
        PolicyKind.check(apiVersion, kind, SemanticCachePolicy.class);
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
