package dev.gatehouse.policy.status;

/**
 * A condition of a policy, shaped as Kubernetes' {@code metav1.Condition}.
 *
 * @param type    Accepted or Programmed
 * @param status  whether it holds
 * @param reason  stable CamelCase word
 * @param message one sentence for people
 */
public record Condition(Type type, boolean status, Reason reason, String message) {

    /** Types of conditions. */
    public enum Type { Accepted, Programmed }

    /** Reasons, those of GEP-713 where it has one. */
    public enum Reason {
        /** The policy holds. */ Accepted,
        /** An older policy has the same targets. */ Conflicted,
        /** A field is missing or wrong. */ Invalid,
        /** None of the targets is known. */ TargetNotFound,
        /** The Gateway does not take the route that is the target. */ NotAllowedByListeners,
        /** Exchanges are judged by it. */ Programmed,
        /** No exchange is judged by it. */ NotProgrammed
    }
}
