package dev.gatehouse.ratelimit.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitCompilerTest {

    @Test
    void expressionsOverTheDeclaredVariablesCompile() {
        CompiledLimits compiled = compile("""
                {name: l, quota: {amount: 10, window: 1m}, key: [{cel: "request.headers['x-team'] + '/' + model"}, {header: x-a}],
                 when: "request.path.startsWith('/v1/') && stream && input_tokens > 10 && identity.tenant != '' && metadata.ns.k == 'v'",
                 cost: "input_tokens + 3 * output_tokens - cached_tokens"}""");
        CompiledLimit limit = compiled.limits().getFirst();
        assertThat(limit.key().getFirst().cel().orElseThrow().reads()).containsExactlyInAnyOrder("request.headers", "model");
        assertThat(limit.key().get(1).cel()).isEmpty();
        assertThat(limit.cost().orElseThrow().reads()).containsExactlyInAnyOrder("input_tokens", "output_tokens", "cached_tokens");
        assertThat(limit.enforced()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            when: "request.methd == 'POST'" | spec.limits[0].when: is no valid CEL at column
            when: "model" | spec.limits[0].when: must give true or false, gives string
            when: "output_tokens > 1" | spec.limits[0].when: is no valid CEL at column 1: undeclared reference to 'output_tokens'
            cost: "model" | spec.limits[0].cost: must give a number, gives string
            cost: "input_tokens +" | spec.limits[0].cost: is no valid CEL at column
            key: [{header: a}, {cel: "1"}] | spec.limits[0].key[1].cel: must give a string, gives int
            """)
    void aWrongExpressionIsAFaultOfItsField(String field, String message) {
        assertThatThrownBy(() -> compile("{name: l, quota: {amount: 10, window: 1m}, " + field + "}")).message().startsWith(message);
    }

    private static CompiledLimits compile(String limit) {
        TokenRateLimitPolicy policy = Documents.parse("p.yaml", """
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitPolicy
                metadata: {name: p}
                spec:
                  targetRefs: [{kind: Gateway, name: g}]
                  limits:
                    - %s
                """.formatted(limit.replace("\n", "\n      "))).documents().getFirst().bind(TokenRateLimitPolicy.class);
        return new LimitCompiler().compile(policy);
    }
}
