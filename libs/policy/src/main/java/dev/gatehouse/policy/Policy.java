package dev.gatehouse.policy;

import dev.gatehouse.policy.identity.IdentityBlock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** What policies of every kind have. Implementations are records that refuse to exist with members that cannot be. */
public interface Policy {

    /** GEP-713: between two policies of equal level the older wins, then the first by {@code namespace/name}. */
    Comparator<Policy> BY_PRECEDENCE = Comparator
            .<Policy, Instant>comparing(policy -> policy.metadata().creationTimestamp().orElse(Instant.MAX))
            .thenComparing(policy -> policy.metadata().namespace())
            .thenComparing(policy -> policy.metadata().name());

    /**
     * Annotation that, as {@code "true"}, has the policies of this kind, namespace and name in all clusters share what they keep in a
     * Redis of them all. A UID differs from cluster to cluster.
     */
    String SHARED_BY_NAME = "gatehouse.dev/shared-by-name";

    String kind();

    ObjectMeta metadata();

    /** 1 to 16 targets. */
    List<TargetRef> targetRefs();

    /** How this policy learns who asks. */
    IdentityBlock identity();

    /**
     * The object's UID, or a UUID made from kind, namespace and name for a document without one, or with the annotation
     * {@value #SHARED_BY_NAME}: the tag of its Redis keys.
     */
    default String uid() {
        return metadata().uid().filter(uid -> !isSharedByName()).orElseGet(() -> UUID.nameUUIDFromBytes(
                (kind() + "/" + metadata().qualifiedName()).getBytes(StandardCharsets.UTF_8)).toString());
    }

    private boolean isSharedByName() {
        return "true".equals(metadata().annotations().get(SHARED_BY_NAME));
    }

    /** {@code namespace/name}. */
    default String qualifiedName() {
        return metadata().qualifiedName();
    }
}
