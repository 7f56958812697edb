package dev.gatehouse.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpressionTest {

    private static final Declarations VARIABLES = new Declarations(Map.of(
            "request.method", VariableType.TEXT,
            "request.headers", VariableType.TEXTS,
            "model", VariableType.TEXT,
            "input_tokens", VariableType.INTEGER,
            "output_tokens", VariableType.INTEGER,
            "price.input", VariableType.DECIMAL,
            "claims", VariableType.TREE));

    @Test
    void aConditionReadsDottedNamesAndHeaders() throws Exception {
        Expression<Boolean> batch = VARIABLES.condition("request.method == 'POST' && request.headers['x-tier'] == 'batch'");
        assertThat(batch.evaluate(Map.of("request.method", "POST", "request.headers", Map.of("x-tier", "batch")))).isTrue();
        assertThat(batch.evaluate(Map.of("request.method", "GET", "request.headers", Map.of()))).isFalse();
        assertThat(batch.reads()).containsExactlyInAnyOrder("request.method", "request.headers");
    }

    @Test
    void aNumberMayBeAnIntOrADouble() throws Exception {
        Map<String, Object> values = Map.of("input_tokens", 10L, "output_tokens", 7L, "price.input", 0.5);
        assertThat(VARIABLES.number("input_tokens + 3 * output_tokens").evaluate(values)).isEqualTo(31L);
        assertThat(VARIABLES.number("double(input_tokens) * price.input").evaluate(values)).isEqualTo(5.0);
    }

    @Test
    void aClaimOfATreeIsFoundAtRunTime() throws Exception {
        Expression<String> plan = VARIABLES.text("claims.plan");
        assertThat(plan.evaluate(Map.of("claims", Map.of("plan", "gold")))).isEqualTo("gold");
        assertThatThrownBy(() -> plan.evaluate(Map.of("claims", Map.of("plan", 7.0)))).isInstanceOf(EvaluationFailed.class);
    }

    @Test
    void whatIsWrongIsSaidWithItsColumn() {
        assertThatThrownBy(() -> VARIABLES.condition("modle == 'x'")).isInstanceOf(InvalidExpression.class)
                .hasMessageContaining("column 1").hasMessageContaining("modle");
        assertThatThrownBy(() -> VARIABLES.condition("model == ")).isInstanceOf(InvalidExpression.class).hasMessageContaining("column");
        assertThatThrownBy(() -> VARIABLES.condition("input_tokens + 1")).hasMessage("must give true or false, gives int");
        assertThatThrownBy(() -> VARIABLES.number("model")).hasMessage("must give a number, gives string");
        assertThatThrownBy(() -> VARIABLES.condition("model == 1")).isInstanceOf(InvalidExpression.class);
    }

    @Test
    void aMissingKeyIsAFailureThatQuotesNothingOfTheRequest() throws Exception {
        Expression<Boolean> tier = VARIABLES.condition("request.headers['x-secret-tier'] == 'a'");
        assertThatThrownBy(() -> tier.evaluate(Map.of("request.headers", Map.of("x-other", "hidden"))))
                .isInstanceOf(EvaluationFailed.class).message().doesNotContain("hidden");
    }

    @Test
    void anEndlessExpressionEnds() throws Exception {
        String list = IntStream.range(0, 200).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        Expression<Boolean> squared = VARIABLES.condition(list + ".all(x, " + list + ".all(y, x + y >= 0))");
        assertThatThrownBy(() -> squared.evaluate(Map.of())).isInstanceOf(EvaluationFailed.class);
        assertThatThrownBy(() -> VARIABLES.condition("true" + " && true".repeat(500))).isInstanceOf(InvalidExpression.class);
    }

    @Test
    void aHostilePatternIsMatchedInLinearTime() throws Exception {
        Expression<Boolean> match = VARIABLES.condition("model.matches('(a+)+$')");
        long start = System.nanoTime();
        assertThat(match.evaluate(Map.of("model", "a".repeat(50_000) + "!"))).isFalse();
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
        assertThat(List.of(match.reads())).hasSize(1);
    }
}
