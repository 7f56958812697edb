package dev.gatehouse.policy.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.guard.Uninspectable.Content;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptGuardPolicyTest {

    private static final String WHOLE = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: PromptGuardPolicy
            metadata:
              name: strict
              namespace: ai
              creationTimestamp: 2026-01-02T03:04:05Z
              labels: {team: platform}
            spec:
              targetRefs:
                - kind: Gateway
                  name: edge
                  sectionName: https
                - {group: inference.networking.k8s.io, kind: InferencePool, name: llama}
              failureMode: FailOpen
              timeout: 1s500ms
              mode: Shadow
              maxBodyBytes: 2Mi
              identity:
                principal:
                  - metadata: {namespace: envoy.filters.http.jwt_authn, path: [payload, sub]}
                  - apiKey: {}
                conversation: {header: x-conversation}
              uninspectable: {images: Allow, unknownFormats: InspectAsText}
              rules:
                - name: people
                  action: Mask
                  maskStyle: Hash
                  minimumScore: 0.7
                  reads: {roles: [User, Tool], parts: [Text]}
                  pii:
                    entities: [EMAIL, PHONE]
                    regions: [DE]
                    custom: [{name: STAFF_ID, pattern: "S-[0-9]{6}", context: [staff]}]
                - {name: keys, action: Block, secrets: {exclude: [jwt], kinds: [Provider]}}
                - {name: attacks, action: Block, mode: Enforce, signatures: {categories: [override]}}
                - {name: odd, action: Report, anomaly: {maxEntropy: 6, maxLength: 100000}}
                - {name: own, action: Block, patterns: [{name: ticket, pattern: "(TCK)-([0-9]+)", group: 2}]}
                - {name: words, action: Block, words: {list: [Project Zeus], wholeWord: false}}
            """;

    @Test
    void aWholePolicyReadsAsWritten() {
        PromptGuardSpec spec = read(WHOLE).spec();
        assertThat(spec.targetRefs()).extracting(TargetRef::toString).containsExactly("Gateway/edge/https", "InferencePool/llama");
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailOpen);
        assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(spec.mode()).isEqualTo(Mode.Shadow);
        assertThat(spec.maxBodyBytes().bytes()).isEqualTo(2 << 20);
        assertThat(spec.rules()).extracting(rule -> rule.detection().getClass().getSimpleName())
                .containsExactly("Pii", "Secrets", "Signatures", "Anomaly", "Patterns", "Words");
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        PromptGuardPolicy policy = read(policy("{name: r, action: Block, signatures: {}}"));
        assertThat(policy.metadata().namespace()).isEqualTo("default");
        assertThat(policy.spec().failureMode()).isEqualTo(FailureMode.FailClosed);
        assertThat(policy.spec().timeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(policy.spec().maxBodyBytes().bytes()).isEqualTo(10 << 20);
        GuardRule rule = policy.spec().rules().getFirst();
        assertThat(rule.minimumScoreOrDefault()).isEqualTo(0.8);
        assertThat(rule.maskStyleOrDefault()).isEqualTo(MaskStyle.Placeholder);
        assertThat(rule.reads().covers(Reads.Role.Tool, Reads.Part.ToolResults)).isTrue();
        assertThat(rule.reads().covers(Reads.Role.Assistant, Reads.Part.Reasoning)).isTrue();
    }

    @Test
    void aMaskingRuleSparesReasoningUnlessItIsListed() {
        GuardRule silent = read(policy("{name: r, action: Mask, pii: {}}")).spec().rules().getFirst();
        GuardRule listed = read(policy("{name: r, action: Mask, reads: {parts: [Reasoning]}, pii: {}}")).spec().rules().getFirst();
        assertThat(silent.reads().covers(Reads.Role.Assistant, Reads.Part.Reasoning)).isFalse();
        assertThat(listed.reads().covers(Reads.Role.Assistant, Reads.Part.Reasoning)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            secrets: {}                                | 0.5
            pii: {}                                    | 0.5
            words: {list: [zeus]}                      | 0.5
            signatures: {}                             | 0.8
            minimumScore: 0.3, signatures: {}          | 0.3
            """)
    void weakSignaturesDoNotCountUnlessAskedFor(String detection, double score) {
        assertThat(read(policy("{name: r, action: Block, " + detection + "}")).spec().rules().getFirst().minimumScoreOrDefault()).isEqualTo(score);
    }

    @Test
    void contentThatCannotBeReadIsBlockedWherePoliciesFailClosed() {
        PromptGuardSpec closed = read(policy("{name: r, action: Block, signatures: {}}")).spec();
        PromptGuardSpec open = read(WHOLE).spec();
        assertThat(List.of(Content.values())).allMatch(content -> closed.whenUninspectable(content) == UninspectableAction.Block);
        assertThat(open.whenUninspectable(Content.audio)).isEqualTo(UninspectableAction.Report);
        assertThat(open.whenUninspectable(Content.images)).isEqualTo(UninspectableAction.Allow);
        assertThat(open.whenUninspectable(Content.unknownFormats)).isEqualTo(UninspectableAction.InspectAsText);
    }

    @Test
    void aShadowedPolicyShadowsAllItsRules() {
        GuardRule enforcing = read(WHOLE).spec().rules().get(2);
        assertThat(enforcing.mode()).isEqualTo(Optional.of(Mode.Enforce));
        assertThat(enforcing.modeIn(Mode.Shadow)).isEqualTo(Mode.Shadow);
        assertThat(enforcing.modeIn(Mode.Enforce)).isEqualTo(Mode.Enforce);
    }

    @Test
    void theUidOfAFileIsStableAndItsOwn() {
        String uid = read(WHOLE).uid();
        assertThat(uid).isEqualTo(read(WHOLE).uid()).isNotEqualTo(read(WHOLE.replace("name: strict", "name: other")).uid());
    }

    @Test
    void policiesOfOneNameInSeveralClustersShareTheirTagWhereTheySaySo() {
        String inOneCluster = WHOLE.replace("labels: {", "uid: 11111111-0000-0000-0000-000000000000\n  labels: {");
        String inAnother = inOneCluster.replace("11111111", "22222222");
        String shared = "annotations: {gatehouse.dev/shared-by-name: \"true\"}\n  labels: {";
        assertThat(read(inOneCluster).uid()).isNotEqualTo(read(inAnother).uid());
        assertThat(read(inOneCluster.replace("labels: {", shared)).uid())
                .isEqualTo(read(inAnother.replace("labels: {", shared)).uid()).isEqualTo(read(WHOLE).uid());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: r, action: Blok, signatures: {}}                                  | spec.rules[0].action: unknown value Blok; did you mean Block?
            {name: r, action: Block, signature: {}}                                  | spec.rules[0].signature: unknown field signature; did you mean signatures?
            {name: r, action: Block}                                                 | spec.rules[0]: must have exactly one of pii, secrets, signatures, anomaly, patterns, words; has 0
            {name: r, action: Block, pii: {}, secrets: {}}                           | spec.rules[0]: must have exactly one of pii, secrets, signatures, anomaly, patterns, words; has 2
            {name: R r, action: Block, pii: {}}                                      | spec.rules[0].name: must be a DNS label
            {action: Block, pii: {}}                                                 | spec.rules[0].name: is required
            {name: r, pii: {}}                                                       | spec.rules[0].action: is required
            {name: 12, action: Block, pii: {}}                                       | spec.rules[0].name: must be a string (put it in quotes), is 12
            {name: r, action: Block, minimumScore: 1.5, pii: {}}                     | spec.rules[0].minimumScore: must be 0 to 1
            {name: r, action: Block, maskStyle: Hash, pii: {}}                       | spec.rules[0].maskStyle: is only for action Mask
            {name: r, action: Mask, anomaly: {maxLength: 5}}                         | spec.rules[0].action: cannot be Mask for anomaly
            {name: r, action: Block, anomaly: {}}                                    | spec.rules[0].anomaly: must have at least one of
            {name: r, action: Block, patterns: [{name: p, pattern: 'a('}]}           | spec.rules[0].patterns[0].pattern: is no RE2 pattern: missing closing )
            {name: r, action: Block, patterns: [{name: p, pattern: a, group: 1}]}    | spec.rules[0].patterns[0].group: must be 0 to 0
            {name: r, action: Block, patterns: [{name: p, pattern: 'a*'}]}           | spec.rules[0].patterns[0].pattern: matches the empty text
            {name: r, action: Block, pii: {custom: [{name: P, pattern: 'a*'}]}}      | spec.rules[0].pii.custom[0].pattern: matches the empty text
            {name: r, action: Block, words: {list: []}}                              | spec.rules[0].words.list: must have 1 to 10000 words
            {name: r, action: Block, words: {list: [ok, ' ']}}                       | spec.rules[0].words.list[1]: is blank
            {name: r, action: Block, words: {list: [yes], wholeWord: maybe}}         | spec.rules[0].words.wholeWord: must be true or false, is maybe
            {name: r, action: Block, pii: {regions: [germany]}}                      | spec.rules[0].pii.regions[0]: must be two capital letters
            {name: r, action: Block, pii: {custom: [{name: X, pattern: '['}]}}       | spec.rules[0].pii.custom[0].pattern: is no RE2 pattern
            {name: r, action: Block, pii: {}, pii: {}}                               | spec.rules[0].pii: is given twice
            """)
    void aWrongRuleIsRefusedWithItsField(String rule, String message) {
        assertThatThrownBy(() -> read(policy(rule))).hasMessageContaining(message).hasMessageContaining("guard.yaml:8:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout: 200ms        | timeout: 0s              | spec.timeout: must be 1ms to 1m
            timeout: 200ms        | timeout: 0.5s            | spec.timeout: is no duration: 0.5s
            timeout: 200ms        | timeout: 200             | spec.timeout: must be a string
            timeout: 200ms        | maxBodyBytes: 5Ti        | spec.maxBodyBytes: is no size: 5Ti
            timeout: 200ms        | maxBodyBytes: 10         | spec.maxBodyBytes: must be 1Ki to 1Gi
            timeout: 200ms        | uninspectable: {images: InspectAsText} | spec.uninspectable.images: must be Block, Allow or Report
            timeout: 200ms        | identity: {principal: [{header: {name: x-user}}]} | spec.identity.principal[0].header.setBy: is required
            timeout: 200ms        | identity: {principal: [{header: {name: x-gatehouse-user, setBy: {name: edge}}}]} | spec.identity.principal[0].header.name: must be a header name
            timeout: 200ms        | identity: {tenant: [{}]} | spec.identity.tenant[0]: must have exactly one of
            kind: Gateway, name: g | kind: Gatewy, name: g   | spec.targetRefs[0].kind: unknown value Gatewy; did you mean Gateway?
            kind: Gateway, name: g | kind: Service, name: g, sectionName: x | spec.targetRefs[0].sectionName: is only for
            kind: Gateway, name: g | kind: Service, name: '*' | spec.targetRefs[0].name: must be a DNS subdomain
            kind: Gateway, name: g | group: apps, kind: Gateway, name: g | spec.targetRefs[0].group: of Gateway must be
            v1alpha1              | v1                       | apiVersion: must be gatehouse.dev/v1alpha1, is gatehouse.dev/v1
            name: p}              | name: p, uid: 'a}b'}     | metadata.uid: must not hold braces
            """)
    void aWrongPolicyIsRefusedWithItsField(String right, String wrong, String message) {
        String text = policy("{name: r, action: Block, pii: {}}").replace(right, wrong);
        assertThatThrownBy(() -> read(text)).hasMessageContaining(message);
    }

    @Test
    void equalRuleNamesAreRefusedAtTheSecond() {
        String two = policy("{name: r, action: Block, pii: {}}") + "    - {name: r, action: Block, secrets: {}}\n";
        assertThatThrownBy(() -> read(two)).hasMessage("guard.yaml:9:14: spec.rules[1].name: is taken by another rule: r");
    }

    @Test
    void noTargetAndSeventeenTargetsAreRefused() {
        String none = policy("{name: r, action: Block, pii: {}}").replace("[{kind: Gateway, name: g}]", "[]");
        String many = none.replace("targetRefs: []", "targetRefs: [" + "{kind: Gateway, name: g},".repeat(17) + "]");
        assertThatThrownBy(() -> read(none)).hasMessageContaining("spec.targetRefs: must be 1 to 16, are 0");
        assertThatThrownBy(() -> read(many)).hasMessageContaining("spec.targetRefs: must be 1 to 16, are 17");
    }

    private static String policy(String rule) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: p}
                spec:
                  targetRefs: [{kind: Gateway, name: g}]
                  timeout: 200ms
                  rules:
                    - %s
                """.formatted(rule);
    }

    private static PromptGuardPolicy read(String text) {
        return Documents.parse("guard.yaml", text).documents().getFirst().bind(PromptGuardPolicy.class);
    }
}
