package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.route.Topology;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.status.Ancestor;
import dev.gatehouse.policy.status.AncestorStatus;
import dev.gatehouse.policy.status.Existence;
import dev.gatehouse.policy.status.Programming;
import dev.gatehouse.policy.status.StatusCalculation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies of one kind at one moment.
 *
 * @param objects   as the API server had them when the snapshot was made of them
 * @param existence of what these policies name
 */
public record View<P extends Policy, C>(
        ObjectType type, Snapshot<P, C> snapshot, Topology topology, List<GenericKubernetesResource> objects, Existence existence) {

    /** What this replica runs. */
    Set<Programming.Running> running() {
        return snapshot.policies().stream().map(policy -> new Programming.Running(
                type.kind(), policy.policy().metadata().uid().orElse(""), policy.policy().metadata().generation().orElse(0L))).collect(Collectors.toSet());
    }

    /** The status of each object. */
    void forEach(Programming programming, BiConsumer<GenericKubernetesResource, List<AncestorStatus>> consumer) {
        StatusCalculation<P, C> calculation = new StatusCalculation<>(snapshot, topology, programming, existence);
        objects.forEach(object -> consumer.accept(object, calculation.of(subject(object))));
    }

    /** What its policies act on. */
    Stream<Acting> acting() {
        return new StatusCalculation<>(snapshot, topology, new Programming(List.of()), existence).affected().stream().map(on -> new Acting(type.kind(), on));
    }

    private StatusCalculation.Subject subject(GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        long generation = Optional.ofNullable(meta.getGeneration()).orElse(0L);
        return new StatusCalculation.Subject(type.kind(), meta.getNamespace(), meta.getName(), meta.getUid(), generation, targets(object), owner(object));
    }

    /** Of an override; other kinds have no such field. */
    private static Optional<Ancestor> owner(GenericKubernetesResource object) {
        return object.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec && spec.get("policy") instanceof String policy
                ? Optional.of(new Ancestor(PolicyKind.GROUP, TokenRateLimitPolicy.KIND.name(), object.getMetadata().getNamespace(), policy, Optional.empty()))
                : Optional.empty();
    }

    private static List<TargetRef> targets(GenericKubernetesResource object) {
        List<TargetRef> targets = new ArrayList<>();
        if (object.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec && spec.get("targetRefs") instanceof List<?> refs) {
            refs.forEach(ref -> target(ref).ifPresent(targets::add));
        }
        return targets;
    }

    /** Of an object that is wrong only those targets can be told about that are right. */
    private static Optional<TargetRef> target(Object ref) {
        if (!(ref instanceof Map<?, ?> fields) || !(fields.get("name") instanceof String name)) {
            return Optional.empty();
        }
        Optional<String> section = Optional.ofNullable(fields.get("sectionName")).map(Object::toString);
        return Arrays.stream(TargetRef.Kind.values()).filter(kind -> kind.name().equals(fields.get("kind"))).findFirst()
                .flatMap(kind -> target(kind, name, section));
    }

    private static Optional<TargetRef> target(TargetRef.Kind kind, String name, Optional<String> section) {
        try {
            return Optional.of(new TargetRef(kind.group(), kind, name, section));
        } catch (InvalidField e) {
            return Optional.empty();
        }
    }
}
