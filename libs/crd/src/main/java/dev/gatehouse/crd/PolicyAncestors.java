package dev.gatehouse.crd;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;

/**
 * The {@code status} of every policy, GEP-713's {@code PolicyStatus}.
 *
 * @param ancestors how the policy stands, for each object that it holds for and that a controller speaks for; at most 16
 */
record PolicyAncestors(@Required @Size(max = 16) List<Ancestor> ancestors) {

    /**
     * How the policy stands for one ancestor.
     *
     * @param ancestorRef    the object, most often a Gateway
     * @param controllerName who says so
     * @param conditions     Accepted and Programmed
     */
    record Ancestor(
            @Required AncestorRef ancestorRef, @Required @Size(min = 1, max = 253) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$") String controllerName,
            @Size(max = 8) List<State> conditions) {}

    /**
     * An object as Gateway API's {@code ParentReference} names it.
     *
     * @param group       API group
     * @param kind        kind
     * @param namespace   namespace; the policy's own when absent
     * @param name        name
     * @param sectionName a Gateway's listener
     * @param port        a port of it
     */
    record AncestorRef(
            @Default("gateway.networking.k8s.io") @Size(max = 253) String group, @Default("Gateway") @Size(min = 1, max = 63) String kind,
            @Size(min = 1, max = 63) Optional<String> namespace, @Required @Size(min = 1, max = 253) String name,
            @Size(min = 1, max = 253) Optional<String> sectionName, @Min(1) @Max(65535) Optional<Integer> port) {}

    /**
     * A condition, as Kubernetes' {@code metav1.Condition}.
     *
     * @param type               Accepted or Programmed
     * @param status             whether it holds
     * @param observedGeneration the policy's generation that it was said of
     * @param lastTransitionTime since when the status is so
     * @param reason             one CamelCase word
     * @param message            one sentence for people
     */
    record State(
            @Required @Size(min = 1, max = 316) String type, @Required Status status, @Min(0) Optional<Long> observedGeneration,
            @Required String lastTransitionTime, @Required @Size(min = 1, max = 1024) @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$") String reason,
            @Required @Size(max = 32768) String message) {}

    /** Whether a condition holds. */
    enum Status { True, False, Unknown }
}
