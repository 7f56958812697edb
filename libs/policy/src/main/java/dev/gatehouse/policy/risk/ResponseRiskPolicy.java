package dev.gatehouse.policy.risk;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The policy of response-risk, {@code gatehouse.dev/v1alpha1}. */
public record ResponseRiskPolicy(String apiVersion, String kind, ObjectMeta metadata, @Required ResponseRiskSpec spec) implements Policy {

    public static final PolicyKind<ResponseRiskPolicy> KIND = PolicyKind.of(ResponseRiskPolicy.class);

    public ResponseRiskPolicy {
        PolicyKind.check(apiVersion, kind, ResponseRiskPolicy.class);
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
