package dev.gatehouse.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The variables that expressions may read, and what compiles expressions over them. A name may have dots ({@code request.method}). Any
 * other name is refused when the expression is compiled. Thread-safe; make it once.
 */
public final class Declarations {

    /** The longest expression, in characters. */
    public static final int MAX_LENGTH = 2048;

    private static final int MAX_ITERATIONS = 1000;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_REGEX_SIZE = 1000;
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_REGEX_SIZE)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private final Map<String, VariableType> variables;
    private final CelCompiler compiler;
    private final CelRuntime runtime;

    public Declarations(Map<String, VariableType> variables) {
        this.variables = Map.copyOf(variables);
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        variables.forEach((name, type) -> builder.addVar(name, type.type()));
        this.compiler = builder.build();
        this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
    }

    /** An expression that is true or false. */
    public Expression<Boolean> condition(String text) throws InvalidExpression {
        return new Expression<>(program(text, Set.of(SimpleType.BOOL), "true or false"), Boolean.class, reads(text));
    }

    /** An expression that gives a string. */
    public Expression<String> text(String text) throws InvalidExpression {
        return new Expression<>(program(text, Set.of(SimpleType.STRING), "a string"), String.class, reads(text));
    }

    /** An expression that gives a number: an int, a uint or a double. */
    public Expression<Number> number(String text) throws InvalidExpression {
        Set<CelType> numbers = Set.of(SimpleType.INT, SimpleType.UINT, SimpleType.DOUBLE);
        return new Expression<>(program(text, numbers, "a number"), Number.class, reads(text));
    }

    private CelRuntime.Program program(String text, Set<CelType> wanted, String what) throws InvalidExpression {
        CelAbstractSyntaxTree tree = tree(text);
        boolean unknownUntilRun = tree.getResultType().equals(SimpleType.DYN);
        if (!unknownUntilRun && !wanted.contains(tree.getResultType())) {
            throw new InvalidExpression("must give " + what + ", gives " + tree.getResultType().name());
        }
        try {
            return runtime.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new InvalidExpression("cannot be made to run: " + e.getMessage());
        }
    }

    private CelAbstractSyntaxTree tree(String text) throws InvalidExpression {
        CelValidationResult result = compiler.compile(text);
        if (result.hasError()) {
            throw new InvalidExpression(describe(result.getErrors().getFirst()));
        }
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new InvalidExpression("is no CEL expression");
        }
    }

    private static String describe(CelIssue issue) {
        String message = issue.getMessage().lines().findFirst().orElse("is no CEL expression");
        return "is no valid CEL at column " + (issue.getSourceLocation().getColumn() + 1) + ": " + message;
    }

    /** The variables that an expression names. */
    private Set<String> reads(String text) throws InvalidExpression {
        Set<String> names = tree(text).getReferenceMap().values().stream().map(reference -> reference.name()).collect(Collectors.toSet());
        return variables.keySet().stream().filter(names::contains).collect(Collectors.toUnmodifiableSet());
    }
}
