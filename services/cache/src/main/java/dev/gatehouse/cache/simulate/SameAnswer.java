package dev.gatehouse.cache.simulate;

import dev.gatehouse.cache.simulate.Row.Truth;
import java.util.Optional;

/** Whether two rows have the same answer: by their classes where both have one, else by their answers; empty where neither tells. */
@FunctionalInterface
interface SameAnswer {

    Optional<Boolean> same(Truth one, Truth other);
}
