package dev.gatehouse.policy.status;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.source.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a policy stands.
 *
 * @param qualifiedName      {@code namespace/name}
 * @param uid                the object's own UID, where the document has one
 * @param observedGeneration the generation that is programmed, where the document has one
 * @param accepted           whether the document, as it is now, holds
 * @param programmed         whether requests are judged by it, or by its last good state
 */
public record PolicyStatus(String qualifiedName, Optional<String> uid, Optional<Long> observedGeneration, Condition accepted, Condition programmed) {

    /** The status of every policy of a snapshot, those included that are wrong and were never right. */
    public static <P extends Policy, C> List<PolicyStatus> of(Snapshot<P, C> snapshot) {
        Set<P> conflicted = snapshot.resolver().conflicted();
        Stream<PolicyStatus> held = snapshot.policies().stream().map(policy -> of(policy, conflicted.contains(policy.policy()), snapshot));
        Stream<PolicyStatus> neverRight = snapshot.invalid().entrySet().stream()
                .filter(wrong -> snapshot.policies().stream().noneMatch(policy -> policy.policy().qualifiedName().equals(wrong.getKey())))
                .map(wrong -> new PolicyStatus(wrong.getKey(), Optional.empty(), Optional.empty(), invalid(wrong.getValue()), notProgrammed("it was never valid")));
        return Stream.concat(held, neverRight).toList();
    }

    private static <P extends Policy, C> PolicyStatus of(CompiledPolicy<P, C> compiled, boolean conflicted, Snapshot<P, C> snapshot) {
        Policy policy = compiled.policy();
        Fault fault = snapshot.invalid().get(policy.qualifiedName());
        if (fault != null) {
            return status(policy, invalid(fault), programmed("its last good state is in use"));
        } else if (conflicted) {
            return status(policy, not(Condition.Reason.Conflicted, "an older policy has the same targets"), notProgrammed("another policy is in use"));
        }
        return mayHaveTarget(policy, snapshot.routes())
                ? status(policy, valid(compiled), programmed("requests are judged by it"))
                : status(policy, not(Condition.Reason.TargetNotFound, "none of its HTTPRoutes is known"), notProgrammed("no request can match it"));
    }

    private static PolicyStatus status(Policy policy, Condition accepted, Condition programmed) {
        return new PolicyStatus(policy.qualifiedName(), policy.metadata().uid(), policy.metadata().generation(), accepted, programmed);
    }

    private static Condition valid(CompiledPolicy<?, ?> policy) {
        return new Condition(Condition.Type.Accepted, true, Condition.Reason.Accepted, Remarked.add("the policy is valid", policy.compiled()));
    }

    private static Condition invalid(Fault fault) {
        return not(Condition.Reason.Invalid, fault.toString());
    }

    private static Condition not(Condition.Reason reason, String message) {
        return new Condition(Condition.Type.Accepted, false, reason, message);
    }

    private static Condition programmed(String message) {
        return new Condition(Condition.Type.Programmed, true, Condition.Reason.Programmed, message);
    }

    private static Condition notProgrammed(String message) {
        return new Condition(Condition.Type.Programmed, false, Condition.Reason.NotProgrammed, message);
    }

    /** A folder knows HTTPRoutes only: of other kinds nobody can say that they are missing, nor of routes where there is none. */
    private static boolean mayHaveTarget(Policy policy, List<HttpRoute> routes) {
        return routes.isEmpty() || policy.targetRefs().stream().anyMatch(ref -> ref.kind() != TargetRef.Kind.HTTPRoute
                || routes.stream().anyMatch(route -> route.metadata().qualifiedName().equals(policy.metadata().namespace() + "/" + ref.name())));
    }
}
