package dev.gatehouse.policy.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.document.Documents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SemanticRoutingPolicyTest {

    private static final String HEAD = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticRoutingPolicy
            metadata: {name: models}
            spec:
              targetRefs: [{kind: Gateway, name: edge}]
            """;
    private static final String SHORT = HEAD + "  routes: [{name: all, when: 'true', target: {model: small}}]\n";

    private static SemanticRoutingSpec read(String yaml) {
        return Documents.parse("test.yaml", yaml).documents().getFirst().bind(SemanticRoutingPolicy.class).spec();
    }

    @Test
    void whatIsNotWrittenHasItsDefault() {
        SemanticRoutingSpec spec = read(SHORT);
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailOpen);
        assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(spec.candidates()).isEmpty();
        assertThat(spec.format()).isEmpty();
        assertThat(spec.strongShare(spec.routes().getFirst().target())).isZero();
    }

    @Test
    void aWholeTargetReadsAsWritten() {
        SemanticRoutingSpec spec = read(HEAD + """
                  routes:
                    - {name: a, when: 'true', target: {model: small, strong: {model: large, maxPrice: 2}, fallback: [spare], headers: {x-pool: a}}}
                    - {name: b, when: 'true', target: {split: [{model: small, weight: 3}, {model: spare, weight: 1}]}}
                    - {name: c, when: 'true', target: {split: [{headers: {x-pool: a}, weight: 3}, {headers: {x-other: b}, weight: 1}], headers: {x-c: c}}}
                  candidates:
                    - {model: small, format: OpenAI, price: 1}
                    - {model: large, format: OpenAI, price: 5}
                """);
        Target first = spec.routes().getFirst().target();
        assertThat(first.candidates()).containsExactly("large", "small", "spare");
        assertThat(first.plain()).containsExactly("small", "spare");
        assertThat(spec.strongShare(first)).as("(2 - 1) / (5 - 1)").isEqualTo(0.25);
        assertThat(spec.format()).contains(Candidate.WireFormat.OpenAI);
        assertThat(spec.routes().get(1).target().changesModel()).isTrue();
        Target headers = spec.routes().get(2).target();
        assertThat(headers.changesModel()).isFalse();
        assertThat(headers.headerNames()).containsExactlyInAnyOrder("x-pool", "x-other", "x-c");
        assertThat(headers.split().getFirst().headers()).isEqualTo(Map.of("x-pool", "a"));
        assertThat(spec.models()).isEqualTo(List.of("large", "small", "spare"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{model: small}                                                                  | [{model: small, format: OpenAI}, {model: none}]                                          | candidates[1].model: is the model of no target",
        "{model: small, fallback: [large]}                                               | [{model: small, format: OpenAI}, {model: large, format: Anthropic}]                      | candidates[1].format: must be that of all candidates of the policy, OpenAI",
        "{model: small}                                                                  | [{model: small}, {model: small}]                                                         | candidates[1].model: is there twice",
        "{model: small, strong: {model: large, maxPrice: 2}}                             | [{model: small, price: 1}]                                                               | candidates: must have the price of large",
        "{model: small, strong: {model: large, maxPrice: 2}}                             | [{model: small, price: 1}, {model: large, price: 1}]                                     | candidates: must have a higher price for large than for small",
        "{model: small, strong: {model: large, maxPrice: 0.5}}                           | [{model: small, price: 1}, {model: large, price: 5}]                                     | strong.maxPrice: must be at least the price of small",
        "{model: small, strong: {model: large, maxPrice: 2, share: 0.5}}                 | []                                                                                       | strong.share: or maxPrice: one of them is needed",
        "{model: small, strong: {model: large, share: 1.5}}                              | []                                                                                       | strong.share: must be 0 to 1",
        "{headers: {x-a: b}, strong: {model: large, share: 0.5}}                         | []                                                                                       | strong: needs a model",
        "{split: [{model: small, weight: 1}, {headers: {x-a: b}, weight: 1}]}            | []                                                                                       | split: must be of models or of headers",
        "{split: [{model: small, headers: {x-a: b}, weight: 1}]}                         | []                                                                                       | split[0].model: or headers: one of them is needed",
        "{split: [{headers: {x-a: b}, weight: 1}], fallback: [small]}                    | []                                                                                       | fallback: needs a model",
        "{split: [{headers: {content-length: '1'}, weight: 1}]}                          | []                                                                                       | headers.content-length: is a header that is not a policy's to set",
        "{model: small}                                                                  | [{model: small, price: 0}]                                                               | candidates[0].price: must be above 0"})
    void whatCannotBeIsRefusedByName(String target, String candidates, String message) {
        assertThatThrownBy(() -> read(HEAD + "  routes: [{name: a, when: 'true', target: " + target + "}]\n  candidates: " + candidates + "\n"))
                .hasMessageContaining(message.strip());
    }

    @Test
    void negativesCountAmongTheExamples() {
        String many = "[" + "a, ".repeat(10_001) + "]";
        assertThatThrownBy(() -> read(HEAD + "  routes: [{name: a, examples: " + many + ", negatives: " + many + ", target: {model: small}}]\n"))
                .hasMessageContaining("at most 20000 examples and negatives together");
    }
}
