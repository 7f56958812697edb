package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.cel.EvaluationFailed;
import dev.gatehouse.cel.Expression;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.CompiledLimit.CompiledPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request and what expressions say of it; their variables are put together once, and only where one is asked. */
public final class Question {

    private final Asked asked;
    private final KeyReader keys;
    private Map<String, Object> facts;

    public Question(Asked asked, KeyedHash hash) {
        this.asked = asked;
        this.keys = new KeyReader(asked, hash);
    }

    public Asked asked() {
        return asked;
    }

    /** Whether the limit applies. A condition that has no value is taken as true: a limit must not be lost to a missing header. */
    public boolean concerns(CompiledLimit limit) {
        return limit.when().flatMap(condition -> value(condition, facts())).orElse(true);
    }

    /** The values of the limit's key, one for each part; empty where the request lacks it. */
    public List<String> key(CompiledLimit limit) {
        return limit.key().stream().map(this::value).toList();
    }

    private String value(CompiledPart part) {
        return part.cel().isPresent() ? value(part.cel().get(), facts()).orElse("") : keys.value(part.part());
    }

    /** The values of all variables that are known of a request. */
    public Map<String, Object> facts() {
        if (facts == null) {
            facts = Facts.of(asked);
        }
        return facts;
    }

    /** The value of an expression, or empty where it has none. */
    public static <T> Optional<T> value(Expression<T> expression, Map<String, Object> values) {
        try {
            return Optional.of(expression.evaluate(values));
        } catch (EvaluationFailed e) {
            return Optional.empty();
        }
    }
}
