package dev.gatehouse.policy.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.policy.risk.UninspectableAnswers.UnreadAction;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRiskPolicyTest {

    private static final String WHOLE = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: ResponseRiskPolicy
            metadata: {name: strict, namespace: ai}
            spec:
              targetRefs:
                - {kind: Gateway, name: edge, sectionName: https}
              failureMode: FailOpen
              timeout: 50ms
              mode: Shadow
              streaming: {mode: Concurrent, maxLag: 400}
              maxBodyBytes: 2Mi
              uninspectable: {binary: Allow, unknownFormats: Block}
              logprobs: Drop
              rules:
                - {name: people, action: Mask, parts: [Text, ToolCalls], maxLength: 128, pii: {entities: [EMAIL]}}
                - {name: keys, action: Block, minimumScore: 0.7, secrets: {}}
                - {name: own, action: Mask, patterns: [{name: ticket, pattern: "TCK-[0-9]+"}]}
                - {name: words, action: Report, words: {list: [zeus]}}
                - {name: leak, action: Block, systemPromptLeak: {minimumWords: 8}}
                - {name: canaries, action: Block, canaries: {tokens: [blue-heron-4711]}}
                - {name: links, action: Mask, exfiltration: {kinds: [MarkdownImage], allowedHosts: ["*.example.org"], maxQueryEntropy: 3.5}}
                - {name: commands, action: Report, mode: Shadow, commands: {}}
                - {name: harm, action: Block, content: {categories: [hate]}}
                - {name: asked, action: Block, moderation: {api: OpenAI, url: "https://api.openai.com/v1", credential: openai, minimumScore: 0.4, timeout: 900ms}}
                - {name: shape, action: Block, jsonSchema: {schema: '{"type": "object"}'}}
                - {name: long, action: Block, answerLength: {maxCharacters: 20000}}
                - {name: loops, action: Block, repetition: {times: 5}}
            """;

    @Test
    void aWholePolicyReadsAsWritten() {
        ResponseRiskSpec spec = read(WHOLE).spec();
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailOpen);
        assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(50));
        assertThat(spec.mode()).isEqualTo(Mode.Shadow);
        assertThat(spec.streaming().lag()).isEqualTo(400);
        assertThat(spec.logprobs()).isEqualTo(Logprobs.Drop);
        assertThat(spec.whenUninspectable(Content.binary)).isEqualTo(UnreadAction.Allow);
        assertThat(spec.whenUninspectable(Content.unknownFormats)).isEqualTo(UnreadAction.Block);
        assertThat(spec.whenUninspectable(Content.malformed)).isEqualTo(UnreadAction.Report);
        assertThat(spec.rules()).extracting(rule -> rule.detection().getClass().getSimpleName()).containsExactly("Shared", "Shared", "Shared",
                "Shared", "SystemPromptLeak", "Canaries", "Exfiltration", "Commands", "Content", "Moderation", "JsonSchema", "AnswerLength", "Repetition");
        assertThat(spec.rules().getFirst().maxLengthOrDefault()).isEqualTo(128);
        assertThat(spec.rules().getFirst().parts()).containsExactly(AnswerPart.Text, AnswerPart.ToolCalls);
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        ResponseRiskSpec spec = read(policy("{name: r, action: Block, systemPromptLeak: {}}")).spec();
        assertThat(spec.failureMode()).isEqualTo(FailureMode.FailClosed);
        assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(200));
        assertThat(spec.streaming()).isEqualTo(Streaming.DEFAULT);
        assertThat(spec.maxBodyBytes().bytes()).isEqualTo(10 << 20);
        assertThat(spec.logprobs()).isEqualTo(Logprobs.DropWhereChanged);
        assertThat(spec.whenUninspectable(Content.binary)).isEqualTo(UnreadAction.Block);
        assertThat(spec.whenUninspectable(Content.unknownFormats)).isEqualTo(UnreadAction.InspectAsText);
        RiskRule rule = spec.rules().getFirst();
        assertThat(rule.parts()).containsExactly(AnswerPart.values());
        assertThat(rule.maxLengthOrDefault()).isEqualTo(256);
        assertThat(rule.detection()).isEqualTo(new RiskDetection.SystemPromptLeak(12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: r, action: Block}                                            | spec.rules[0]: must have exactly one of pii, secrets, patterns, words, systemPromptLeak, canaries, exfiltration, commands, content, moderation, jsonSchema, answerLength, repetition; has 0
            {name: r, action: Block, pii: {}, secrets: {}}                      | has 2
            {name: r, action: Mask, repetition: {}}                             | spec.rules[0].action: cannot be Mask for jsonSchema, answerLength and repetition, which are about the whole text
            {name: r, action: Block, maxLength: 8, pii: {}}                     | spec.rules[0].maxLength: must be 16 to 4096 code points
            {name: r, action: Block, canaries: {tokens: [short]}}               | spec.rules[0].canaries.tokens[0]: must have 8 to 256 characters
            {name: r, action: Block, exfiltration: {allowedHosts: ["https://a"]}} | spec.rules[0].exfiltration.allowedHosts[0]: must be a host in small letters, as example.org or *.example.org
            {name: r, action: Block, moderation: {api: ChatModel, url: "http://judge/v1"}} | spec.rules[0].moderation.model: is required for api ChatModel
            {name: r, action: Block, moderation: {api: Webhook, url: "http://judge", categories: [hate]}} | spec.rules[0].moderation.categories: is not for api Webhook, which names none
            {name: r, action: Block, moderation: {api: OpenAI, url: "file:///etc/passwd"}} | spec.rules[0].moderation.url: must be http:// or https:// with a host, and without user, query and fragment
            {name: r, action: Block, moderation: {api: OpenAI, url: "http://key@judge/v1"}} | spec.rules[0].moderation.url: must be http:// or https:// with a host, and without user, query and fragment
            {name: r, action: Block, moderation: {api: OpenAI, url: "http://judge/v1", credential: "../key"}} | spec.rules[0].moderation.credential: must be a DNS subdomain
            {name: r, action: Block, answerLength: {}}                          | spec.rules[0].answerLength.maxCharacters: is required
            {name: r, action: Block, systemPromptLeak: {minimumWords: 2}}       | spec.rules[0].systemPromptLeak.minimumWords: must be 4 to 64
            {name: r, action: Hide, pii: {}}                                    | spec.rules[0].action
            {name: r, action: Mask, parts: [Thoughts], pii: {}}                 | spec.rules[0].parts[0]
            """)
    void aRuleThatCannotBeIsRefusedWithItsPlace(String rule, String message) {
        assertThatThrownBy(() -> read(policy(rule))).hasMessageContaining(message);
    }

    @Test
    void whatWasSentOnCannotBeMasked() {
        String late = policy("{name: r, action: Mask, moderation: {api: Webhook, url: \"http://judge\"}}").replace("rules:", "streaming: {mode: Concurrent}\n  rules:");
        assertThatThrownBy(() -> read(late)).hasMessageContaining("spec.rules[0].action: cannot be Mask for moderation with streaming mode Concurrent");
    }

    @Test
    void aLagIsForConcurrentOnly() {
        String odd = policy("{name: r, action: Block, pii: {}}").replace("rules:", "streaming: {maxLag: 10}\n  rules:");
        assertThatThrownBy(() -> read(odd)).hasMessageContaining("spec.streaming.maxLag: is only for mode Concurrent");
    }

    private static String policy(String rule) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: ResponseRiskPolicy
                metadata: {name: p}
                spec:
                  targetRefs: [{kind: Gateway, name: g}]
                  rules:
                    - RULE
                """.replace("RULE", rule);
    }

    private static ResponseRiskPolicy read(String yaml) {
        return Documents.parse("p.yaml", yaml).documents().getFirst().bind(ResponseRiskPolicy.class);
    }
}
