package dev.gatehouse.policy.status;

import java.util.Optional;

/** Which objects there are, as far as somebody can tell. */
@FunctionalInterface
public interface Existence {

    /** Nobody can tell. */
    Existence UNKNOWN = (kind, qualifiedName) -> Optional.empty();

    /**
     * Whether there is such an object; empty where nobody can tell.
     *
     * @param kind          e.g. {@code Service}
     * @param qualifiedName {@code namespace/name}
     */
    Optional<Boolean> of(String kind, String qualifiedName);

    /** Whether it is known that there is none. */
    default boolean isMissing(String kind, String qualifiedName) {
        return of(kind, qualifiedName).filter(there -> !there).isPresent();
    }

    /** Whether it is known that there is one. */
    default boolean isThere(String kind, String qualifiedName) {
        return of(kind, qualifiedName).orElse(false);
    }

    /** What this one cannot tell the other one may. */
    default Existence or(Existence other) {
        return (kind, qualifiedName) -> of(kind, qualifiedName).or(() -> other.of(kind, qualifiedName));
    }
}
