package dev.gatehouse.cache.simulate;

import dev.gatehouse.cache.simulate.Row.Truth;
import java.util.Optional;

/** Compares what rows say of their answers. */
final class Answers {

    private Answers() {}

    static Optional<Boolean> same(Truth one, Truth other) {
        return one.sameClass(other).or(() -> one.answer().flatMap(mine -> other.answer().map(mine::equals)));
    }
}
