package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The policy of the semantic router, {@code gatehouse.dev/v1alpha1}. */
public record SemanticRoutingPolicy(String apiVersion, String kind, ObjectMeta metadata, @Required SemanticRoutingSpec spec) implements Policy {

    public static final PolicyKind<SemanticRoutingPolicy> KIND = PolicyKind.of(SemanticRoutingPolicy.class);

    public SemanticRoutingPolicy {
        PolicyKind.check(apiVersion, kind, SemanticRoutingPolicy.class);
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
