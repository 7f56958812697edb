package dev.gatehouse.policy.status;

import dev.gatehouse.policy.TargetRef;
import java.util.Optional;

/**
 * With respect to what a policy's status is told (GEP-713, {@code ancestorRef}): the Gateway through which its target is reached, or the
 * target itself where no Gateway is known; of an override the policy that it belongs to.
 */
public record Ancestor(String group, String kind, String namespace, String name, Optional<String> sectionName) {

    static Ancestor of(TargetRef.Kind kind, String namespace, String name, Optional<String> sectionName) {
        return new Ancestor(kind.group(), kind.name(), namespace, name, sectionName);
    }
}
