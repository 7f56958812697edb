package dev.gatehouse.cache.verify.sameness;

import java.util.Optional;

/** Compares two answers. Thread-safe. */
@FunctionalInterface
public interface Sameness {

    /**
     * @param question that the fresh answer is to
     * @return whether the two say the same; empty if that cannot be told
     */
    Optional<Boolean> same(String question, String kept, String fresh);
}
