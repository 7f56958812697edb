package dev.gatehouse.policy.status;

import dev.gatehouse.policy.TargetRef;
import java.util.Optional;

/**
 * With respect to what a policy's status is told (GEP-713, {@code ancestorRef}): the Gateway through which its target is reached, or the
 * target itself where no Gateway is known.
 */
public record Ancestor(TargetRef.Kind kind, String namespace, String name, Optional<String> sectionName) {}
