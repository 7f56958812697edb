package dev.gatehouse.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.MalformedJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextSelectionTest {

    private static final String TALK = """
            {"model": "m", "messages": [
              {"role": "system", "content": "You are terse."},
              {"role": "user", "name": "bob", "content": "Which city is the capital of France?"},
              {"role": "assistant", "content": "Paris."},
              {"role": "user", "content": [{"type": "text", "text": "And how many people"}, {"type": "text", "text": "live there?"}]}]}
            """;

    @Test
    void theLastTurnIsAllThatTheUserSaidLast() throws Exception {
        assertThat(TextSelection.LAST_USER.from(chat(TALK))).isEqualTo("And how many people\nlive there?");
    }

    @Test
    void theLastTwoAreInTheOrderOfTheTalk() throws Exception {
        assertThat(TextSelection.LAST_TWO.from(chat(TALK))).isEqualTo("Which city is the capital of France?\nAnd how many people\nlive there?");
    }

    @Test
    void messagesThatFollowOneAnotherAreOneTurn() throws Exception {
        String two = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"b\"}]}";
        assertThat(TextSelection.LAST_USER.from(chat(two))).isEqualTo("a\nb");
        assertThat(TextSelection.LAST_TWO.from(chat(two))).isEqualTo("a\nb");
    }

    @Test
    void aSystemTextAfterTheUsersEndsTheTurn() throws Exception {
        String late = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"system\", \"content\": \"s\"}]}";
        assertThat(TextSelection.LAST_USER.from(chat(late))).isEqualTo("a");
    }

    @Test
    void whereTheUserSaysNothingThereIsNoText() throws Exception {
        assertThat(TextSelection.LAST_TWO.from(chat("{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}]}"))).isEmpty();
    }

    @Test
    void anAnthropicSystemTextIsNoTurn() throws Exception {
        String body = "{\"system\": \"s\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}";
        LlmRequest request = LlmRequest.parse(Format.ANTHROPIC_MESSAGES, "/v1/messages", body.getBytes(StandardCharsets.UTF_8));
        assertThat(TextSelection.LAST_TWO.from(request)).isEqualTo("hello");
    }

    @Test
    void wordsAreThoseOfTheContract() {
        assertThat(TextSelection.of("LastUser")).contains(TextSelection.LAST_USER);
        assertThat(TextSelection.of("LastTwo")).contains(TextSelection.LAST_TWO);
        assertThat(TextSelection.of("lastuser")).isEmpty();
    }

    private static LlmRequest chat(String body) throws MalformedJson {
        return LlmRequest.parse(Format.OPENAI_CHAT, "/v1/chat/completions", body.getBytes(StandardCharsets.UTF_8));
    }
}
