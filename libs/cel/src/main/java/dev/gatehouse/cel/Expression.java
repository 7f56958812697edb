package dev.gatehouse.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Set;

/** An expression ready to run; {@link Declarations} makes it. Immutable and thread-safe. */
public final class Expression<T> {

    private final CelRuntime.Program program;
    private final Class<T> type;
    private final Set<String> reads;

    Expression(CelRuntime.Program program, Class<T> type, Set<String> reads) {
        this.program = program;
        this.type = type;
        this.reads = reads;
    }

    /**
     * The value for these variables.
     *
     * @param values a value for each of {@link #reads()}, by its name; more do not matter
     */
    public T evaluate(Map<String, ?> values) throws EvaluationFailed {
        try {
            Object value = program.eval(values);
            if (!type.isInstance(value)) {
                throw new EvaluationFailed("gives " + value.getClass().getSimpleName() + ", not " + type.getSimpleName());
            }
            return type.cast(value);
        } catch (CelEvaluationException e) {
            throw new EvaluationFailed(reason(e.getErrorCode()));
        }
    }

    /** The declared variables that it names. */
    public Set<String> reads() {
        return reads;
    }

    /** The library's own message may quote values of a request. */
    private static String reason(CelErrorCode code) {
        return code.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
