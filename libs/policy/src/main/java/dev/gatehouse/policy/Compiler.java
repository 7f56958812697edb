package dev.gatehouse.policy;

/**
 * Makes of a valid policy what the feature runs, once, when the policy is loaded. It may refuse the policy for what only the
 * feature knows (an entity without a detector, say) by throwing {@link dev.gatehouse.policy.document.InvalidField} with the field's
 * path from the document's root, e.g. {@code spec.rules[2].pii.entities[0]}.
 *
 * @param <P> the policy
 * @param <C> what the feature runs
 */
@FunctionalInterface
public interface Compiler<P extends Policy, C> {

    C compile(P policy);
}
