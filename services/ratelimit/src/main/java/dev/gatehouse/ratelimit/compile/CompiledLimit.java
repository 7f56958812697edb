package dev.gatehouse.ratelimit.compile;

import dev.gatehouse.cel.Expression;
import dev.gatehouse.policy.limit.KeyPart;
import dev.gatehouse.policy.limit.Limit;
import java.util.List;
import java.util.Optional;

/**
 * A limit ready to run.
 *
 * @param limit    as the policy has it
 * @param key      the parts of its key
 * @param when     whether it applies to a request
 * @param cost     what an exchange takes of it
 * @param enforced whether it refuses, or only counts what it would have refused
 */
public record CompiledLimit(
        Limit limit, List<CompiledPart> key, Optional<Expression<Boolean>> when, Optional<Expression<Number>> cost, boolean enforced) {

    /** A part of a key, and its expression where it is one. */
    public record CompiledPart(KeyPart part, Optional<Expression<String>> cel) {}

    public CompiledLimit {
        key = List.copyOf(key);
    }

    public String name() {
        return limit.name();
    }
}
