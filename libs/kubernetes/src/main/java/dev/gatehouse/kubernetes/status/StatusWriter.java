package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import dev.gatehouse.policy.status.AncestorStatus;
import dev.gatehouse.policy.status.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the status of an object, only where it says something else than what stands there. */
final class StatusWriter {

    private static final Set<String> WORTH_AN_EVENT = Set.of(Condition.Reason.Conflicted.name(), Condition.Reason.Invalid.name());

    private final StatusPatch patch;
    private final AncestorEntries entries;
    private final Notices notices;
    private final InstantSource clock;

    StatusWriter(StatusPatch patch, AncestorEntries entries, Notices notices, InstantSource clock) {
        this.patch = patch;
        this.entries = entries;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * @return whether it stands there now; false where somebody else has written meanwhile, so that it must be tried anew
     * @throws KubernetesClientException when the API server refuses or is away
     */
    boolean write(ObjectType type, GenericKubernetesResource object, List<AncestorStatus> statuses) {
        List<?> present = ancestors(object);
        long generation = Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
        List<Object> wanted = entries.merge(present, statuses, generation, clock.instant());
        if (wanted.equals(present)) {
            return true;
        }
        boolean written = patch.replace(type, object.getMetadata(), Map.of("ancestors", wanted));
        if (written) {
            tell(type, object, statuses, present);
        }
        return written;
    }

    private static List<?> ancestors(GenericKubernetesResource object) {
        return object.getAdditionalProperties().get("status") instanceof Map<?, ?> status && status.get("ancestors") instanceof List<?> ancestors
                ? ancestors : List.of();
    }

    private void tell(ObjectType type, GenericKubernetesResource object, List<AncestorStatus> statuses, List<?> before) {
        statuses.stream().map(AncestorStatus::accepted).findFirst()
                .filter(accepted -> WORTH_AN_EVENT.contains(accepted.reason().name()))
                .filter(accepted -> !entries.accepted(before).equals(Optional.of(accepted.reason().name())))
                .ifPresent(accepted -> notices.warn(type, object.getMetadata(), accepted.reason().name(), "Accept", accepted.message()));
    }
}
