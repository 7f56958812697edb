package dev.gatehouse.ratelimit.compile;

import dev.gatehouse.cel.Expression;
import dev.gatehouse.policy.limit.KeyPart;
import dev.gatehouse.policy.limit.Limit;
import dev.gatehouse.policy.limit.Unit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    public record CompiledPart(KeyPart part, Optional<Expression<String>> cel) {
        private boolean readsBody() {
            boolean isModel = part.attribute().filter(KeyPart.Attribute.Model::equals).isPresent();
            return isModel || cel.filter(expression -> CompiledLimit.readsBody(expression.reads())).isPresent();
        }
    }

    private static final Set<String> BODY_VARIABLES = Set.of(Variables.MODEL, Variables.STREAM, Variables.SIZE, Variables.INPUT);

    public CompiledLimit {
        key = List.copyOf(key);
    }

    boolean readsBody() {
        boolean countsBody = limit.quota().filter(quota -> quota.unit() != Unit.Requests).isPresent();
        return countsBody || key.stream().anyMatch(CompiledPart::readsBody) || when.filter(condition -> readsBody(condition.reads())).isPresent();
    }

    private static boolean readsBody(Set<String> variables) {
        return BODY_VARIABLES.stream().anyMatch(variables::contains);
    }

    public String name() {
        return limit.name();
    }
}
