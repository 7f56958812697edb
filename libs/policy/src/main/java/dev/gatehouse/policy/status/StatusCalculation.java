package dev.gatehouse.policy.status;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.route.Gateway;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.route.Topology;
import dev.gatehouse.policy.source.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The status of policies in a cluster, per ancestor (GEP-713). Pure: of what is known at one moment.
 */
public final class StatusCalculation<P extends Policy, C> {

    /** GEP-713: at most so many entries in a status. */
    public static final int MAX_ANCESTORS = 16;

    /**
     * A policy's object as the API server has it.
     *
     * @param targets those that can be read, also where the object is wrong
     * @param owner   what an object of a kind without targets belongs to
     */
    public record Subject(String kind, String namespace, String name, String uid, long generation, List<TargetRef> targets, Optional<Ancestor> owner) {

        /** {@code namespace/name}. */
        public String qualifiedName() {
            return namespace + "/" + name;
        }
    }

    /**
     * An object that a policy acts on because it names it as its target.
     *
     * @param kind   Gateway or HTTPRoute: of these alone somebody says what they are taken by
     * @param target {@code namespace/name} of the object
     * @param parent of an HTTPRoute the parent that takes it
     * @param policy {@code namespace/name} of the policy
     */
    public record Affected(TargetRef.Kind kind, String target, Optional<HttpRoute.ParentRef> parent, String policy) {}

    /** What a target comes to at one ancestor; through which of an HTTPRoute's parents. */
    private record Outcome(String target, Ancestor ancestor, Condition.Reason reason, String message, Optional<HttpRoute.ParentRef> parent) {

        private Outcome(TargetRef target, Ancestor ancestor, Condition.Reason reason, String message) {
            this(target.toString(), ancestor, reason, message, Optional.empty());
        }

        private Outcome through(HttpRoute.ParentRef taking) {
            return new Outcome(target, ancestor, reason, message, Optional.of(taking));
        }

        private boolean holds() {
            return reason == Condition.Reason.Accepted;
        }
    }

    private final Snapshot<P, C> snapshot;
    private final Topology topology;
    private final Programming programming;
    private final Existence existence;
    private final Map<String, CompiledPolicy<P, C>> policies;

    /**
     * @param snapshot    what this replica has read
     * @param topology    which Gateway takes which route
     * @param programming what the replicas run
     * @param existence   of backends and of policies that others belong to
     */
    public StatusCalculation(Snapshot<P, C> snapshot, Topology topology, Programming programming, Existence existence) {
        this.snapshot = snapshot;
        this.topology = topology;
        this.programming = programming;
        this.existence = existence;
        this.policies = snapshot.policies().stream().collect(Collectors.toMap(policy -> policy.policy().qualifiedName(), policy -> policy));
    }

    /** At most {@link #MAX_ANCESTORS}, in the order of the targets. */
    public List<AncestorStatus> of(Subject subject) {
        Map<Ancestor, List<Outcome>> byAncestor = new LinkedHashMap<>();
        Stream.concat(subject.owner().map(owner -> ofOwner(subject, owner)).stream(), subject.targets().stream().flatMap(target -> outcomes(subject, target)))
                .forEach(outcome -> byAncestor.merge(outcome.ancestor(), List.of(outcome), StatusCalculation::joined));
        return byAncestor.entrySet().stream().limit(MAX_ANCESTORS).map(entry -> status(subject, entry.getKey(), entry.getValue())).toList();
    }

    /** The Gateways and HTTPRoutes that policies act on by their targets; of a policy that is wrong, by those of its last good state. */
    public List<Affected> affected() {
        return snapshot.policies().stream().map(CompiledPolicy::policy).flatMap(this::affected).distinct().toList();
    }

    private Stream<Affected> affected(P policy) {
        Subject subject = new Subject(policy.kind(), policy.metadata().namespace(), policy.metadata().name(), "", 0, policy.targetRefs(), Optional.empty());
        return policy.targetRefs().stream().filter(target -> target.kind() == TargetRef.Kind.Gateway || target.kind() == TargetRef.Kind.HTTPRoute)
                .flatMap(target -> outcomes(subject, target).filter(Outcome::holds)
                        .map(outcome -> new Affected(target.kind(), subject.namespace() + "/" + target.name(), outcome.parent(), subject.qualifiedName())));
    }

    private static List<Outcome> joined(List<Outcome> some, List<Outcome> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private AncestorStatus status(Subject subject, Ancestor ancestor, List<Outcome> outcomes) {
        Fault fault = snapshot.invalid().get(subject.qualifiedName());
        if (fault != null) {
            return new AncestorStatus(ancestor, accepted(Condition.Reason.Invalid, text(fault)), notProgrammed(lastGood(subject)));
        }
        Optional<Outcome> holding = outcomes.stream().filter(Outcome::holds).findFirst();
        if (holding.isEmpty()) {
            Outcome first = outcomes.getFirst();
            return new AncestorStatus(ancestor, accepted(first.reason(), messages(outcomes)), notProgrammed(messages(outcomes)));
        }
        return new AncestorStatus(ancestor, accepted(Condition.Reason.Accepted, messages(outcomes)), programmed(subject));
    }

    /** The field and what is wrong with it; the object's own name is where the status stands. */
    private static String text(Fault fault) {
        return fault.place().field().isEmpty() ? fault.message() : fault.place().field() + ": " + fault.message();
    }

    private String lastGood(Subject subject) {
        return policy(subject).flatMap(good -> good.policy().metadata().generation())
                .map(generation -> "generation " + generation + " is in use, the last good state").orElse("it was never valid, and acts on nothing");
    }

    private static String messages(List<Outcome> outcomes) {
        return outcomes.size() == 1 ? outcomes.getFirst().message()
                : String.join("; ", outcomes.stream().map(outcome -> outcome.target() + ": " + outcome.message()).toList());
    }

    private Condition programmed(Subject subject) {
        int all = programming.replicas().size();
        if (programming.isComplete(subject.kind(), subject.uid(), subject.generation())) {
            return new Condition(Condition.Type.Programmed, true, Condition.Reason.Programmed, "all ready replicas run generation " + subject.generation());
        }
        long running = programming.running(subject.kind(), subject.uid(), subject.generation());
        return notProgrammed(all == 0 ? "no replica is ready" : running + " of " + all + " ready replicas run generation " + subject.generation());
    }

    private static Condition accepted(Condition.Reason reason, String message) {
        return new Condition(Condition.Type.Accepted, reason == Condition.Reason.Accepted, reason, message);
    }

    private static Condition notProgrammed(String message) {
        return new Condition(Condition.Type.Programmed, false, Condition.Reason.NotProgrammed, message);
    }

    private Outcome ofOwner(Subject subject, Ancestor owner) {
        boolean missing = existence.isMissing(owner.kind(), owner.namespace() + "/" + owner.name());
        return new Outcome(owner.kind() + "/" + owner.name(), owner, missing ? Condition.Reason.TargetNotFound : Condition.Reason.Accepted,
                missing ? "there is no " + owner.kind() + " " + owner.name() : valid(subject), Optional.empty());
    }

    private Stream<Outcome> outcomes(Subject subject, TargetRef target) {
        return switch (target.kind()) {
            case Gateway -> Stream.of(ofGateway(subject, target));
            case HTTPRoute -> ofRoute(subject, target);
            case Service, ServiceImport, InferencePool, InferencePoolImport, XBackend -> ofBackend(subject, target);
        };
    }

    private Outcome ofGateway(Subject subject, TargetRef target) {
        Ancestor itself = itself(subject, target);
        Optional<Gateway> gateway = topology.gateway(subject.namespace() + "/" + target.name());
        if (gateway.isEmpty()) {
            return notFound(target, itself, "there is no Gateway " + target.name());
        }
        return target.sectionName().filter(section -> gateway.get().spec().listeners().stream().noneMatch(listener -> listener.name().equals(section)))
                .map(section -> notFound(target, itself, "Gateway " + target.name() + " has no listener " + section))
                .orElseGet(() -> found(subject, target, itself));
    }

    private Stream<Outcome> ofRoute(Subject subject, TargetRef target) {
        Ancestor itself = itself(subject, target);
        Optional<HttpRoute> route = topology.declared(subject.namespace() + "/" + target.name());
        if (route.isEmpty()) {
            return Stream.of(notFound(target, itself, "there is no HTTPRoute " + target.name()));
        } else if (target.sectionName().filter(section -> !hasRule(route.get(), section)).isPresent()) {
            return Stream.of(notFound(target, itself, "HTTPRoute " + target.name() + " has no rule " + target.sectionName().get()));
        } else if (route.get().spec().parentRefs().isEmpty()) {
            return Stream.of(notFound(target, itself, "HTTPRoute " + target.name() + " has no parents"));
        }
        return route.get().spec().parentRefs().stream().map(parent -> ofParent(subject, target, route.get(), parent).through(parent));
    }

    private static boolean hasRule(HttpRoute route, String name) {
        return route.spec().rules().stream().anyMatch(rule -> rule.name().filter(name::equals).isPresent());
    }

    private Outcome ofParent(Subject subject, TargetRef target, HttpRoute route, HttpRoute.ParentRef parent) {
        Ancestor ancestor = ancestor(route, parent).orElseGet(() -> itself(subject, target));
        return topology.refusal(route, parent).map(refusal -> new Outcome(target, ancestor, reason(refusal.reason()), refusal.message()))
                .orElseGet(() -> found(subject, target, ancestor));
    }

    private static Condition.Reason reason(Topology.Reason reason) {
        return switch (reason) {
            case GatewayNotFound, NoMatchingParent -> Condition.Reason.TargetNotFound;
            case NotAllowedByListeners, NoMatchingListenerHostname, NotAccepted -> Condition.Reason.NotAllowedByListeners;
        };
    }

    /** Where nobody can tell whether there is such an object, an HTTPRoute must send requests to it: nothing else lets the policy act. */
    private Stream<Outcome> ofBackend(Subject subject, TargetRef target) {
        String name = subject.namespace() + "/" + target.name();
        if (existence.isMissing(target.kind().name(), name)) {
            return Stream.of(notFound(target, itself(subject, target), "there is no " + target.kind() + " " + target.name()));
        }
        List<Outcome> found = topology.routes().stream().filter(route -> sendsTo(route, subject, target)).flatMap(route -> route.spec().parentRefs().stream()
                .map(parent -> found(subject, target, ancestor(route, parent).orElseGet(() -> itself(subject, target))))).distinct().toList();
        return found.isEmpty() ? Stream.of(unreached(subject, target, existence.isThere(target.kind().name(), name))) : found.stream();
    }

    private Outcome unreached(Subject subject, TargetRef target, boolean isThere) {
        String message = "no HTTPRoute that a Gateway takes sends requests to " + target.kind() + " " + target.name();
        Outcome valid = found(subject, target, itself(subject, target));
        return !isThere ? notFound(target, itself(subject, target), message)
                : valid.holds() ? new Outcome(target, valid.ancestor(), valid.reason(), valid.message() + "; " + message) : valid;
    }

    private static boolean sendsTo(HttpRoute route, Subject subject, TargetRef target) {
        return route.spec().rules().stream().flatMap(rule -> rule.backendRefs().stream()).anyMatch(backend -> backend.kind().equals(target.kind().name())
                && backend.name().equals(target.name()) && backend.namespace().orElse(route.metadata().namespace()).equals(subject.namespace()));
    }

    private Outcome found(Subject subject, TargetRef target, Ancestor ancestor) {
        Optional<String> holder = holder(subject, target);
        return holder.filter(name -> !name.equals(subject.qualifiedName()))
                .map(name -> new Outcome(target, ancestor, Condition.Reason.Conflicted, "the older policy " + name + " has the same target"))
                .orElseGet(() -> new Outcome(target, ancestor, Condition.Reason.Accepted, valid(subject)));
    }

    private String valid(Subject subject) {
        return policy(subject).map(policy -> Remarked.add("the policy is valid", policy.compiled())).orElse("the policy is valid");
    }

    private Optional<String> holder(Subject subject, TargetRef target) {
        return policy(subject).flatMap(own -> snapshot.resolver().holder(own.policy(), target)).map(CompiledPolicy::policy).map(Policy::qualifiedName);
    }

    private Optional<CompiledPolicy<P, C>> policy(Subject subject) {
        return Optional.ofNullable(policies.get(subject.qualifiedName()));
    }

    private static Outcome notFound(TargetRef target, Ancestor ancestor, String message) {
        return new Outcome(target, ancestor, Condition.Reason.TargetNotFound, message);
    }

    private static Optional<Ancestor> ancestor(HttpRoute route, HttpRoute.ParentRef parent) {
        return parent.kind().equals(Gateway.KIND)
                ? Optional.of(Ancestor.of(TargetRef.Kind.Gateway, parent.namespace().orElse(route.metadata().namespace()), parent.name(), parent.sectionName()))
                : Optional.empty();
    }

    private static Ancestor itself(Subject subject, TargetRef target) {
        return Ancestor.of(target.kind(), subject.namespace(), target.name(), target.sectionName());
    }
}
