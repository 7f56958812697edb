package dev.gatehouse.policy.guard;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** The policy of the prompt guard, {@code gatehouse.dev/v1alpha1}. */
public record PromptGuardPolicy(String apiVersion, String kind, ObjectMeta metadata, @Required PromptGuardSpec spec) implements Policy {

    public static final PolicyKind<PromptGuardPolicy> KIND = PolicyKind.of(PromptGuardPolicy.class);

    public PromptGuardPolicy {
        PolicyKind.check(apiVersion, kind, PromptGuardPolicy.class);
        InvalidField.required("metadata", metadata);
        InvalidField.required("spec", spec);
    }

    public static PromptGuardPolicy of(ObjectMeta metadata, PromptGuardSpec spec) {
        return new PromptGuardPolicy(PolicyKind.API_VERSION, KIND.name(), metadata, spec);
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
