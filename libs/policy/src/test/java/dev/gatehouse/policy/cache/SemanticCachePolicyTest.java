package dev.gatehouse.policy.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.document.Documents;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SemanticCachePolicyTest {

    private static final String SHORT = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticCachePolicy
            metadata: {name: answers}
            spec:
              targetRefs: [{kind: Gateway, name: edge}]
            """;

    private static final String WHOLE = SHORT + """
              failureMode: FailClosed
              timeout: 50ms
              mode: Shadow
              maxBodyBytes: 2Mi
              scope: Namespace
              ttl: 2h
              staleWhileRevalidate: {keep: 10m, backend: "http://model.ai:8080", credential: revalidation}
              singleFlight: {maxWait: 5s}
              semantic: {maxWrongHitShare: 0.02, candidates: 8, minimumCosine: 0.7, explore: 0.1, maxChars: 500}
              capacity: {entries: 100, bytes: 1Mi, entryBytes: 16Ki}
              cacheable:
                temperature: {max: 0.7, absent: Bypass}
                timeDependent: {ttl: 1m, words: [this sprint]}
                attachments: Cache
                maxPromptChars: 4000
                maxTurns: 2
              onUnguarded: Bypass
              requireInspection: false
              expose: true
              clientControl: Ignore
              prices: {models: {demo: {input: 1, output: 2}}}
            """;

    @Test
    void aWholePolicyReadsAsWritten() {
        SemanticCacheSpec spec = read(WHOLE).spec();
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailClosed);
        assertThat(spec.mode()).isEqualTo(Mode.Shadow);
        assertThat(spec.scope()).isEqualTo(CacheScope.Namespace);
        assertThat(spec.ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(spec.staleWhileRevalidate().orElseThrow().header()).isEqualTo("authorization");
        assertThat(spec.singleFlight().orElseThrow().maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.semantic().bound()).isEqualTo(0.02);
        assertThat(spec.semantic().isOverHits()).isTrue();
        assertThat(spec.capacity().entryBytes().bytes()).isEqualTo(16 << 10);
        assertThat(spec.cacheable().temperature()).isEqualTo(new Temperature(0.7, WhenAbsent.Bypass));
        assertThat(spec.cacheable().timeDependent().words()).containsExactly("this sprint");
        assertThat(spec.onUnguarded()).isEqualTo(OnUnguarded.Bypass);
        assertThat(spec.requireInspection()).isFalse();
        assertThat(spec.clientControl()).isEqualTo(ClientControl.Ignore);
        assertThat(spec.prices().of("demo").orElseThrow().output()).isEqualByComparingTo("2");
    }

    @Test
    void aPolicyThatSaysNothingSharesWithNobodyAndTellsNobody() {
        SemanticCacheSpec spec = read(SHORT).spec();
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailOpen);
        assertThat(spec.scope()).isEqualTo(CacheScope.Consumer);
        assertThat(spec.onUnguarded()).isEqualTo(OnUnguarded.Consumer);
        assertThat(spec.expose()).isFalse();
        assertThat(spec.cacheable().temperature().max()).isZero();
        assertThat(spec.cacheable().timeDependent().ttl()).isEmpty();
        assertThat(spec.semantic().bound()).isEqualTo(0.01);
        assertThat(spec.semantic().isOverHits()).isFalse();
        assertThat(spec.staleWhileRevalidate()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ttl: 0s | spec.ttl",
            "timeout: 2m | spec.timeout",
            "scope: Tenant | spec.scope",
            "'semantic: {maxWrongHits: 0.01, maxWrongHitShare: 0.01}' | spec.semantic.maxWrongHitShare",
            "'semantic: {maxWrongHits: 0.5}' | spec.semantic.maxWrongHits",
            "'semantic: {candidates: 0}' | spec.semantic.candidates",
            "'capacity: {entryBytes: 1Mi, bytes: 64Ki}' | spec.capacity.entryBytes",
            "'cacheable: {temperature: {max: 3}}' | spec.cacheable.temperature.max",
            "'cacheable: {timeDependent: {ttl: 48h}}' | spec.cacheable.timeDependent.ttl",
            "'cacheable: {timeDependent: {words: [\" \"]}}' | spec.cacheable.timeDependent.words[0]",
            "'singleFlight: {maxWait: 1ms}' | spec.singleFlight.maxWait",
            "'staleWhileRevalidate: {keep: 1m, backend: ftp://a}' | spec.staleWhileRevalidate.backend",
            "'staleWhileRevalidate: {keep: 1m, backend: \"http://a:b@c\"}' | spec.staleWhileRevalidate.backend",
            "'staleWhileRevalidate: {backend: \"http://a\"}' | spec.staleWhileRevalidate.keep",
            "'staleWhileRevalidate: {keep: 1m, backend: \"http://a\", credential: ../etc}' | spec.staleWhileRevalidate.credential",
    })
    void whatCannotBeIsRefusedAtItsField(String line, String field) {
        assertThatThrownBy(() -> read(SHORT + "  " + line + "\n")).hasMessageContaining(field);
    }

    @Test
    void answersThatMustBeInspectedAreNotFetchedPastTheInspection() {
        assertThat(read(SHORT + "  requireInspection: true\n").spec().requireInspection()).isTrue();
        assertThatThrownBy(() -> read(WHOLE.replace("requireInspection: false", "requireInspection: true"))).hasMessageContaining("spec.staleWhileRevalidate");
    }

    private static SemanticCachePolicy read(String yaml) {
        return Documents.parse("policy.yaml", yaml).documents().getFirst().bind(SemanticCachePolicy.class);
    }
}
