package dev.gatehouse.policy.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.document.Documents;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenRateLimitPolicyTest {

    private static final String WHOLE = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: TokenRateLimitPolicy
            metadata: {name: teams, namespace: ai}
            spec:
              targetRefs: [{kind: Gateway, name: edge}]
              failureMode: FailClosed
              timeout: 300ms
              settle: Usage
              estimate: {output: Learned, tokens: 512, minimum: 8}
              usage: {includeInStreams: true}
              cacheHits: {charge: Factor, factor: 0.1}
              headers: {styles: [OpenAI, Ietf], when: Refusals}
              onStateLoss: Closed
              prices:
                unknown: Default
                standard: {input: 10, output: 30}
                models:
                  gpt-4.1: {input: 2, output: 8, cachedInput: 0.5}
                  "gpt-4.1-mini*": {input: 0.4, output: 1.6}
                  "gpt-*": {input: 5, output: 15}
              limits:
                - name: tokens
                  key: [{header: x-team}, {attribute: Model}]
                  quota: {amount: 100000, window: 1m, burst: 20000}
                  when: request.method == 'POST'
                  cost: input_tokens + 3 * output_tokens
                  overrides:
                    - {values: [research, "*"], amount: 500000}
                    - {values: [sales, gpt-4.1], burst: 1000}
                - name: money
                  key: [{claim: {path: [payload, org]}}, {cel: "request.headers['x-cost-centre']", visible: true}]
                  quota: {amount: 250.50, unit: Cost, window: Month}
                - {name: at-once, key: [{attribute: ApiKey}], concurrency: 4, mode: Shadow}
                - {name: week, quota: {amount: 7, unit: Requests, window: 7d, algorithm: SlidingWindow}}
            """;

    @Test
    void aWholePolicyReadsAsWritten() {
        TokenRateLimitSpec spec = read(WHOLE).spec();
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailClosed);
        assertThat(spec.estimate()).isEqualTo(new Estimate(Estimate.Output.Learned, 512, 8));
        assertThat(spec.cacheHits().share()).isEqualTo(0.1);
        assertThat(spec.onStateLoss()).isEqualTo(OnStateLoss.Closed);
        assertThat(spec.headers().styles()).containsExactly(HeaderOptions.Style.OpenAI, HeaderOptions.Style.Ietf);
        Limit tokens = spec.limits().getFirst();
        assertThat(tokens.quota().orElseThrow().period().length()).contains(Duration.ofMinutes(1));
        assertThat(tokens.quota().orElseThrow().algorithm()).isEqualTo(Algorithm.TokenBucket);
        assertThat(spec.limits().get(1).quota().orElseThrow().amount()).isEqualByComparingTo("250.50");
        assertThat(spec.limits().get(1).quota().orElseThrow().period().isMonth()).isTrue();
        assertThat(spec.limits().get(1).quota().orElseThrow().algorithm()).isEqualTo(Algorithm.FixedWindow);
        assertThat(spec.limits().get(2).concurrency()).contains(4);
        assertThat(spec.limits().get(3).quota().orElseThrow().period().length()).contains(Duration.ofDays(7));
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        TokenRateLimitSpec spec = read(policy("", "{name: l, quota: {amount: 10, window: 1s}}")).spec();
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailOpen);
        assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(spec.estimate()).isEqualTo(new Estimate(Estimate.Output.Learned, 1024, 16));
        assertThat(spec.cacheHits().share()).isZero();
        assertThat(spec.headers().when()).isEqualTo(HeaderOptions.Moment.Always);
        assertThat(spec.onStateLoss()).isEqualTo(OnStateLoss.Local);
        assertThat(spec.usage().includeInStreams()).isFalse();
        assertThat(spec.limits().getFirst().quota().orElseThrow().unit()).isEqualTo(Unit.Tokens);
    }

    @Test
    void theFirstOverrideWhoseValuesFitHolds() {
        List<KeyOverride> overrides = read(WHOLE).spec().limits().getFirst().overrides();
        assertThat(overrides.getFirst().matches(List.of("research", "any-model"))).isTrue();
        assertThat(overrides.getFirst().matches(List.of("sales", "gpt-4.1"))).isFalse();
        assertThat(overrides.get(1).matches(List.of("sales", "gpt-4.1"))).isTrue();
    }

    @Test
    void aModelHasTheExactPriceElseTheLongestThatFitsElseTheStandard() {
        Prices prices = read(WHOLE).spec().prices();
        assertThat(prices.of("gpt-4.1")).map(Price::input).contains(new BigDecimal("2"));
        assertThat(prices.of("gpt-4.1-mini-2025-04-14")).map(Price::input).contains(new BigDecimal("0.4"));
        assertThat(prices.of("gpt-5")).map(Price::input).contains(new BigDecimal("5"));
        assertThat(prices.of("mistral-large")).map(Price::input).contains(new BigDecimal("10"));
        assertThat(Prices.NONE.of("gpt-5")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {name: l} | spec.limits[0]: must have exactly one of quota, concurrency
            {name: l, quota: {amount: 1, window: 1s}, concurrency: 1} | spec.limits[0]: must have exactly one of quota, concurrency
            {name: l, quota: {amount: 0, window: 1s}} | spec.limits[0].quota.amount: must be above 0, at most 1000000000000
            {name: l, quota: {amount: 1.5, window: 1s}} | spec.limits[0].quota.amount: must be a whole number of Tokens
            {name: l, quota: {amount: 1e999, window: 1s}} | spec.limits[0].quota.amount: must be a number of at most 30 digits, with an exponent of at most two
            {name: l, quota: {amount: 1, window: 32d}} | spec.limits[0].quota.window: must be 1s to 31d, or Month
            {name: l, quota: {amount: 1, window: 10ms}} | spec.limits[0].quota.window: must be 1s to 31d, or Month
            {name: l, quota: {amount: 1, window: week}} | spec.limits[0].quota.window: is no window: week (write 30s, 1m, 1h, 7d or Month)
            {name: l, quota: {amount: 1, window: Month, algorithm: TokenBucket}} | spec.limits[0].quota.algorithm: must be FixedWindow for the window Month
            {name: l, quota: {amount: 1, window: 1s, algorithm: FixedWindow, burst: 2}} | spec.limits[0].quota.burst: is only for the algorithm TokenBucket
            {name: l, quota: {amount: 1, window: 1s, unit: Cost}} | spec.limits[0].quota.unit: is Cost, but spec.prices has no price
            {name: l, quota: {amount: 1, window: 1s, unit: Requests}, cost: "1"} | spec.limits[0].cost: is only for a quota of Tokens, InputTokens, OutputTokens or Cost
            {name: l, quota: {amount: 1, window: 1s}, key: [{header: x, cel: y}]} | spec.limits[0].key[0]: must have exactly one of header, attribute, claim, cel; has 2
            {name: l, quota: {amount: 1, window: 1s}, key: [{header: X-Gatehouse-Team}]} | spec.limits[0].key[0].header: must be a header name, and not one of x-gatehouse-*, which no client can send
            {name: l, quota: {amount: 1, window: 1s}, key: [{attribute: ApiKey, visible: true}]} | spec.limits[0].key[0].visible: cannot be true for ApiKey
            {name: l, quota: {amount: 1, window: 1s}, key: [{attribute: Modell}]} | spec.limits[0].key[0].attribute: unknown value Modell; did you mean Model?
            {name: l, quota: {amount: 1, window: 1s}, overrides: [{values: [a], amount: 2}]} | spec.limits[0].overrides[0].values: must be 0, one for each part of the key; are 1
            {name: l, concurrency: 0} | spec.limits[0].concurrency: must be 1 to 1000000
            """)
    void whatCannotBeIsRefusedWithItsField(String limit, String message) {
        assertThatThrownBy(() -> read(policy("", limit))).hasMessageEndingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            estimate: {output: Fixed} | spec.estimate.tokens: is required with output: Fixed
            cacheHits: {charge: Factor} | spec.cacheHits.factor: is for charge: Factor, and required there
            cacheHits: {charge: Factor, factor: 2} | spec.cacheHits.factor: must be 0 to 1
            prices: {unknown: Default} | spec.prices.standard: is for unknown: Default, and required there
            prices: {models: {m: {input: -1, output: 1}}} | spec.prices.models.m.input: must be 0 to 1000000, with at most 9 decimals
            prices: {models: {"a*b": {input: 1, output: 1}}} | spec.prices.models: has a name that is blank or has a * before its end: a*b
            usage: {includeInStreams: true}, settle: Estimate | spec.usage.includeInStreams: needs settle: Usage
            timeout: 2m | spec.timeout: must be 1ms to 1m
            """)
    void aSpecThatCannotBeIsRefusedWithItsField(String fields, String message) {
        assertThatThrownBy(() -> read(policy(fields + ", ", "{name: l, quota: {amount: 1, window: 1s}}"))).hasMessageEndingWith(message);
    }

    @Test
    void anOverrideDocumentNamesItsPolicy() {
        TokenRateLimitOverride override = Documents.parse("o.yaml", """
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitOverride
                metadata: {name: raise-research, namespace: ai}
                spec:
                  policy: teams
                  overrides:
                    - {limit: tokens, values: [research, "*"], amount: 900000, burst: 1000}
                """).documents().getFirst().bind(TokenRateLimitOverride.class);
        assertThat(override.policyName()).isEqualTo("ai/teams");
        assertThat(override.spec().overrides().getFirst().override().matches(List.of("research", "m"))).isTrue();
    }

    private static String policy(String fields, String limit) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitPolicy
                metadata: {name: p}
                spec: {%stargetRefs: [{kind: Gateway, name: g}], limits: [%s]}
                """.formatted(fields, limit);
    }

    private static TokenRateLimitPolicy read(String yaml) {
        return Documents.parse("p.yaml", yaml).documents().getFirst().bind(TokenRateLimitPolicy.class);
    }
}
