package dev.gatehouse.risk.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.risk.Risks;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.Hit;
import dev.gatehouse.risk.judge.JudgedText;
import dev.gatehouse.risk.judge.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are judged by endpoints outside, through servers that speak their protocols. */
class ModerationTest {

    private static final String PASSES = "{\"results\":[{\"categories\":{\"hate\":false},\"category_scores\":{\"hate\":0.01}}]}";
    private static final String FLAGGED = "{\"results\":[{\"flagged\":true,\"categories\":{\"hate\":true,\"violence\":false},"
            + "\"category_scores\":{\"hate\":0.9,\"violence\":0.3}}]}";

    @Test
    void openAisModerationBlocksWhatItFlags(@TempDir Path credentials) throws Exception {
        Files.writeString(credentials.resolve("openai"), "sk-of-the-test\n");
        try (Endpoints endpoint = new Endpoints(body -> body.contains("vermin") ? FLAGGED : PASSES)) {
            AnswerJudge judge = judge("""
                    rules: [{name: asked, action: Block, moderation: {api: OpenAI, url: "%s/v1", credential: openai}}]
                    """.formatted(endpoint.url()), Optional.of(credentials));
            assertThat(whole(judge, "You are vermin.")).isNotNull();
            assertThat(judge.judgement().verdict()).isEqualTo(Verdict.Block);
            assertThat(categories(judge)).containsExactly("hate");
            assertThat(endpoint.asked().getFirst()).startsWith("/v1/moderations ").contains("omni-moderation-latest", "You are vermin.");
            assertThat(endpoint.keys()).containsExactly("Bearer sk-of-the-test");
        }
    }

    @Test
    void aScoreOfThePolicyCountsInPlaceOfTheFlag() throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> FLAGGED)) {
            AnswerJudge judge = judge("""
                    rules: [{name: asked, action: Report, moderation: {api: OpenAI, url: "%s/v1", minimumScore: 0.25, categories: [violence]}}]
                    """.formatted(endpoint.url()), Optional.empty());
            assertThat(whole(judge, "Some text.")).isEqualTo("Some text.");
            assertThat(categories(judge)).containsExactly("violence");
        }
    }

    @Test
    void aWebhookMasksInItsOwnWords() throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> "{\"action\":{\"body\":{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Call ****.\"}}]},\"reason\":\"r\"}}")) {
            AnswerJudge judge = judge("rules: [{name: asked, action: Mask, moderation: {api: Webhook, url: \"%s\"}}]".formatted(endpoint.url()), Optional.empty());
            assertThat(whole(judge, "Call Ada.")).isEqualTo("Call ****.");
            assertThat(judge.judgement().verdict()).isEqualTo(Verdict.Mask);
            assertThat(endpoint.asked().getFirst()).isEqualTo(
                    "/response {\"body\":{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Call Ada.\"}}]}}");
        }
    }

    @Test
    void aWebhookThatPassesOrRejectsIsHeard() throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> body.contains("bad")
                ? "{\"action\":{\"body\":\"no\",\"status_code\":403}}" : "{\"action\":{\"reason\":\"fine\"}}")) {
            String spec = "rules: [{name: asked, action: Block, moderation: {api: Webhook, url: \"%s\"}}]".formatted(endpoint.url());
            AnswerJudge good = judge(spec, Optional.empty());
            assertThat(whole(good, "A good text.")).isEqualTo("A good text.");
            AnswerJudge bad = judge(spec, Optional.empty());
            whole(bad, "A bad text.");
            assertThat(categories(bad)).containsExactly("rejected");
        }
    }

    @Test
    void aJudgeModelIsAskedAsAConversation() throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> completion(body.contains("bomb") ? "unsafe\\nS9" : "safe"))) {
            String spec = "rules: [{name: asked, action: Block, moderation: {api: ChatModel, url: \"%s/v1\", model: llama-guard}}]".formatted(endpoint.url());
            AnswerJudge judge = judge(spec, Optional.empty());
            whole(judge, "This is how a bomb is made.");
            assertThat(categories(judge)).containsExactly("s9");
            assertThat(endpoint.asked().getFirst()).contains("/v1/chat/completions", "llama-guard", "What is it?", "This is how a bomb is made.");
        }
    }

    @Test
    void whatAJudgeModelSaysBesideItsCategoriesIsNoCategory() throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> completion("unsafe because ada@example.org"))) {
            AnswerJudge judge = judge("rules: [{name: asked, action: Block, moderation: {api: ChatModel, url: \"%s/v1\", model: m}}]".formatted(endpoint.url()),
                    Optional.empty());
            whole(judge, "text");
            assertThat(categories(judge)).containsExactly("other");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not json", "{\"results\":[]}"})
    void anEndpointThatGivesNoOpinionBreaksAClosedPolicyAndPassesAnOpenOne(String said) throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> said)) {
            String rules = "rules: [{name: asked, action: Block, moderation: {api: OpenAI, url: \"%s/v1\"}}]".formatted(endpoint.url());
            AnswerJudge closed = judge(rules, Optional.empty());
            whole(closed, "text");
            assertThat(closed.isBroken()).isTrue();
            assertThat(closed.stop().orElseThrow().code()).isEqualTo("response_risk_error");
            AnswerJudge open = judge("failureMode: FailOpen\n" + rules, Optional.empty());
            assertThat(whole(open, "text")).isEqualTo("text");
            assertThat(open.stop()).isEmpty();
            assertThat(open.judgement().failures()).containsExactly("asked");
        }
    }

    @Test
    void aRuleThatOnlyReportsBreaksNothing() throws Exception {
        try (Endpoints endpoint = new Endpoints(body -> "")) {
            AnswerJudge judge = judge("rules: [{name: asked, action: Block, mode: Shadow, moderation: {api: OpenAI, url: \"%s/v1\"}}]".formatted(endpoint.url()), Optional.empty());
            assertThat(whole(judge, "text")).isEqualTo("text");
            assertThat(judge.stop()).isEmpty();
            assertThat(judge.judgement().failures()).containsExactly("asked");
        }
    }

    @Test
    void aSlowEndpointIsNotWaitedForLongerThanItsTimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Endpoints endpoint = new Endpoints(body -> {
            await(never, 5_000);
            return PASSES;
        })) {
            AnswerJudge judge = judge("rules: [{name: asked, action: Block, moderation: {api: OpenAI, url: \"%s/v1\", timeout: 100ms}}]".formatted(endpoint.url()),
                    Optional.empty());
            long start = System.nanoTime();
            whole(judge, "text");
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
            assertThat(judge.isBroken()).isTrue();
            never.countDown();
        }
    }

    @Test
    void concurrentTextPassesOnUpToTheLagAndTheEndWaits() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        try (Endpoints endpoint = new Endpoints(body -> {
            await(judged, 10_000);
            return PASSES;
        })) {
            AnswerJudge judge = judge("""
                    streaming: {mode: Concurrent, maxLag: 200}
                    rules: [{name: asked, action: Block, moderation: {api: OpenAI, url: "%s/v1", windowSize: 50, timeout: 20s}}]
                    """.formatted(endpoint.url()), Optional.empty());
            JudgedText text = judge.text("");
            StringBuilder passed = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                passed.append(text.feed("0123456789 "));
            }
            assertThat(passed).hasSize(200);
            judged.countDown();
            passed.append(text.end());
            assertThat(passed).hasSize(220);
            assertThat(endpoint.asked()).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void heldTextPassesOnlyWhenItWasJudged() throws Exception {
        CountDownLatch judged = new CountDownLatch(1);
        try (Endpoints endpoint = new Endpoints(body -> {
            await(judged, 10_000);
            return PASSES;
        })) {
            AnswerJudge judge = judge("rules: [{name: asked, action: Block, moderation: {api: OpenAI, url: \"%s/v1\", windowSize: 50, timeout: 20s}}]".formatted(endpoint.url()),
                    Optional.empty());
            JudgedText text = judge.text("");
            assertThat(text.feed("This is a first sentence of some words. And this is")).isEmpty();
            judged.countDown();
            assertThat(text.feed(" the second.") + text.end()).isEqualTo("This is a first sentence of some words. And this is the second.");
        }
    }

    @Test
    void aCredentialThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> judge("rules: [{name: r, action: Block, moderation: {api: OpenAI, url: \"http://judge/v1\", credential: gone}}]", Optional.empty()))
                .hasMessageContaining("spec.rules[0].moderation.credential: the service has no credentials folder");
    }

    private static void await(CountDownLatch latch, long milliseconds) {
        try {
            latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String completion(String said) {
        return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + said + "\"}}]}";
    }

    private static AnswerJudge judge(String spec, Optional<Path> credentials) {
        Asked asked = new Asked(Optional.empty(), "/", Optional.empty(), List.of(), List.of("What is it?"), Optional.empty());
        return new AnswerJudge(Risks.of(spec, credentials), asked);
    }

    private static String whole(AnswerJudge judge, String text) {
        JudgedText judged = judge.text("");
        return judged.feed(text) + judged.end();
    }

    private static List<String> categories(AnswerJudge judge) {
        return judge.judgement().hits().stream().map(Hit::finding).map(finding -> finding.category()).toList();
    }
}
