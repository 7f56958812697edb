package dev.gatehouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TokenCounterTest {

    private static final TokenCounter COUNTER = new TokenCounter(Map.of("our-deployment", "gpt-4"));

    @Test
    void aChatWithoutToolsIsCountedAsOpenAiCountsIt() throws MalformedJson {
        String body = "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello world\"}]}";
        LlmRequest request = LlmRequest.parse(Format.OPENAI_CHAT, "/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8));
        assertThat(COUNTER.input(request, "gpt-4o")).isEqualTo(TokenCount.exact(9));
    }

    @Test
    void aDeploymentIsCountedAsItsModel() {
        assertThat(COUNTER.text("our-deployment", "文字").tokens()).isEqualTo(COUNTER.text("gpt-4", "文字").tokens());
    }

    @Test
    void anAnswerIsCountedByTheNameThatTellsItsFamily() {
        assertThat(COUNTER.telling("gpt-4o-2024-08-06", "claude-sonnet-4")).isEqualTo("gpt-4o-2024-08-06");
        assertThat(COUNTER.telling("/models/7b", "our-deployment")).isEqualTo("our-deployment");
        assertThat(COUNTER.telling("/models/7b", "theirs")).isEqualTo("/models/7b");
    }

    @Test
    void aShortRequestIsCountedByTheGivenTokenizer() throws MalformedJson {
        TokenCounter without = new TokenCounter(Map.of());
        TokenCounter with = new TokenCounter(Map.of(), Map.of("theirs", text -> 1_000));
        LlmRequest request = chat("Hello world");
        assertThat(with.input(request, "theirs-7b").tokens()).isBetween(1_000L, 1_020L);
        assertThat(with.input(request, "another")).isEqualTo(without.input(request, "another"));
    }

    @Test
    void aTextThatAGivenTokenizerRefusesIsEstimated() throws MalformedJson {
        TokenCounter counter = new TokenCounter(Map.of(), Map.of("theirs", text -> Long.parseLong("none")));
        assertThat(counter.input(chat("Hello world"), "theirs")).isEqualTo(COUNTER.input(chat("Hello world"), "theirs"));
    }

    @Test
    @Timeout(20)
    void aLongRequestDoesNotWaitForTheGivenTokenizer() throws MalformedJson {
        CountDownLatch never = new CountDownLatch(1);
        TokenCounter counter = new TokenCounter(Map.of(), Map.of("theirs", text -> await(never)));
        LlmRequest request = chat("some words of it ".repeat(2_000));
        for (int i = 0; i < 100; i++) {
            assertThat(counter.input(request, "theirs")).isEqualTo(COUNTER.input(request, "theirs"));
        }
    }

    private static long await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static LlmRequest chat(String text) throws MalformedJson {
        String body = "{\"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]}";
        return LlmRequest.parse(Format.OPENAI_CHAT, "/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatAProviderReportsMovesTheEstimate() {
        TokenCounter counter = new TokenCounter(Map.of());
        TokenCount first = counter.text("claude-sonnet-4-6", "a text of some words ".repeat(200));
        for (int i = 0; i < 200; i++) {
            counter.learnOutput("claude-sonnet-4-6", first, first.measured() * 6 / 5);
        }
        long learned = counter.text("claude-sonnet-4-6", "a text of some words ".repeat(200)).tokens();
        assertThat(learned).isBetween(first.tokens() * 119 / 100, first.tokens() * 121 / 100);
    }

    @Test
    void oneWildReportHardlyMovesIt() {
        TokenCounter counter = new TokenCounter(Map.of());
        TokenCount first = counter.text("claude-sonnet-4-6", "a text of some words ".repeat(100));
        counter.learnOutput("claude-sonnet-4-6", first, 1_000_000);
        assertThat(counter.text("claude-sonnet-4-6", "a text of some words ".repeat(100)).tokens()).isLessThan(first.tokens() * 103 / 100);
    }
}
