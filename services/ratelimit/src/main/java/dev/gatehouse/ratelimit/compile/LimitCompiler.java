package dev.gatehouse.ratelimit.compile;

import dev.gatehouse.cel.Expression;
import dev.gatehouse.cel.InvalidExpression;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.limit.KeyPart;
import dev.gatehouse.policy.limit.Limit;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitSpec;
import dev.gatehouse.ratelimit.compile.CompiledLimit.CompiledPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles and type-checks a policy's expressions; a wrong one is a fault of the policy, at its field. Thread-safe. */
public final class LimitCompiler implements Compiler<TokenRateLimitPolicy, CompiledLimits> {

    @Override
    public CompiledLimits compile(TokenRateLimitPolicy policy) {
        TokenRateLimitSpec spec = policy.spec();
        List<CompiledLimit> limits = new ArrayList<>(spec.limits().size());
        for (int i = 0; i < spec.limits().size(); i++) {
            limits.add(compile(spec.limits().get(i), spec.mode(), "spec.limits[" + i + "]"));
        }
        return new CompiledLimits(policy, limits);
    }

    private static CompiledLimit compile(Limit limit, Mode policyMode, String field) {
        return new CompiledLimit(limit, key(limit, field + ".key"),
                compiled(limit.when(), Variables.OF_CONDITION::condition, field + ".when"),
                compiled(limit.cost(), Variables.OF_COST::number, field + ".cost"),
                limit.modeIn(policyMode) == Mode.Enforce);
    }

    private static List<CompiledPart> key(Limit limit, String field) {
        List<CompiledPart> parts = new ArrayList<>(limit.key().size());
        for (int i = 0; i < limit.key().size(); i++) {
            KeyPart part = limit.key().get(i);
            parts.add(new CompiledPart(part, compiled(part.cel(), Variables.OF_REQUEST::text, field + "[" + i + "].cel")));
        }
        return parts;
    }

    private interface Compilation<T> {
        Expression<T> compile(String text) throws InvalidExpression;
    }

    private static <T> Optional<Expression<T>> compiled(Optional<String> text, Compilation<T> compilation, String field) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(compilation.compile(text.get()));
        } catch (InvalidExpression e) {
            throw new InvalidField(field, e.getMessage());
        }
    }
}
