package dev.gatehouse.cache.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.answer.Recorded.Complete;
import dev.gatehouse.cache.answer.Recorded.NotStorable;
import dev.gatehouse.cache.answer.Recorded.Why;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.synthetic.Thinking;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerRecorderTest {

    private static final String JSON = "application/json";
    private static final String SSE = "text/event-stream";
    private static final String GOOD = """
            {"id":"c","model":"gpt-x","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"It is Rome."}}],
             "usage":{"prompt_tokens":9,"completion_tokens":4}}""";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Recorded record(Format format, ResponseHead head, int maxBytes, byte[] body) {
        AnswerRecorder recorder = new AnswerRecorder(format, head, maxBytes);
        for (int at = 0; at < body.length; at += 5) {
            recorder.feed(Arrays.copyOfRange(body, at, Math.min(body.length, at + 5)));
        }
        return recorder.end(Optional.of("Allow"));
    }

    private static Recorded chat(String body) {
        return record(Format.OPENAI_CHAT, Asking.head(200, "content-type", body.startsWith("data") ? SSE : JSON), 1 << 20, bytes(body));
    }

    private static StoredAnswer kept(Recorded recorded) {
        assertThat(recorded).isInstanceOf(Complete.class);
        return ((Complete) recorded).answer();
    }

    private static Why why(Recorded recorded) {
        assertThat(recorded).isInstanceOf(NotStorable.class);
        return ((NotStorable) recorded).why();
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"model\":\"gpt-x\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}\n\n";
    }

    private static final String STREAM = chunk("{\"role\":\"assistant\",\"content\":\"It is \"}", "null") + chunk("{\"content\":\"Rome.\"}", "null");

    @Test
    void aWholeAnswerIsKeptWithAllThatAClientReads() {
        StoredAnswer answer = kept(chat(GOOD));
        assertThat(answer.text()).isEqualTo("It is Rome.");
        assertThat(answer.model()).isEqualTo("gpt-x");
        assertThat(answer.usage().input()).hasValue(9);
        assertThat(answer.riskVerdict()).contains("Allow");
        assertThat(answer.streamed()).isFalse();
    }

    @Test
    void aStreamIsKeptOnceItHasEnded() {
        StoredAnswer answer = kept(chat(STREAM + chunk("{}", "\"stop\"") + "data: [DONE]\n\n"));
        assertThat(answer.text()).isEqualTo("It is Rome.");
        assertThat(answer.streamed()).isTrue();
    }

    @Test
    void anEncodedAnswerIsDecoded() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes(GOOD));
        }
        ResponseHead head = Asking.head(200, "content-type", JSON, "content-encoding", "gzip");
        assertThat(kept(record(Format.OPENAI_CHAT, head, 1 << 20, zipped.toByteArray())).text()).isEqualTo("It is Rome.");
        byte[] cut = Arrays.copyOf(zipped.toByteArray(), zipped.size() - 12);
        assertThat(why(record(Format.OPENAI_CHAT, head, 1 << 20, cut))).isIn(Why.undecodable, Why.malformed);
        ResponseHead unknown = Asking.head(200, "content-type", JSON, "content-encoding", "lzma");
        assertThat(why(record(Format.OPENAI_CHAT, unknown, 1 << 20, zipped.toByteArray()))).isEqualTo(Why.undecodable);
    }

    @Test
    void aStreamThatIsCutIsNotKept() {
        assertThat(why(chat(STREAM))).isEqualTo(Why.incomplete);
        assertThat(why(chat(STREAM + "data: {\"model\":\"gp"))).isIn(Why.incomplete, Why.malformed);
    }

    @Test
    void anErrorEventAfterAGoodBeginningIsNotKept() {
        assertThat(why(chat(STREAM + "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n"))).isEqualTo(Why.error);
        assertThat(why(chat(STREAM + chunk("{}", "\"stop\"") + "data: {\"error\":{\"message\":\"late\"}}\n\n"))).isEqualTo(Why.error);
    }

    @ParameterizedTest
    @CsvSource({"length,incomplete", "content_filter,filtered", "tool_calls,tool_call", "function_call,tool_call", "something_new,incomplete"})
    void anAnswerThatEndedOtherwiseIsNotKept(String reason, Why why) {
        assertThat(why(chat(STREAM + chunk("{}", "\"" + reason + "\"")))).isEqualTo(why);
        assertThat(why(chat(GOOD.replace("\"stop\"", "\"" + reason + "\"")))).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OPENAI_RESPONSES | incomplete | {\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"It\"}]}]}",
        "OPENAI_RESPONSES | tool_call | {\"status\":\"completed\",\"output\":[{\"type\":\"web_search_call\",\"action\":{\"query\":\"q\"}},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"It\"}]}]}",
        "ANTHROPIC_MESSAGES | refusal | {\"type\":\"message\",\"stop_reason\":\"refusal\",\"content\":[{\"type\":\"text\",\"text\":\"It\"}]}",
        "ANTHROPIC_MESSAGES | incomplete | {\"type\":\"message\",\"stop_reason\":\"max_tokens\",\"content\":[{\"type\":\"text\",\"text\":\"It\"}]}",
        "ANTHROPIC_MESSAGES | tool_call | {\"type\":\"message\",\"stop_reason\":\"tool_use\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"n\",\"input\":{}}]}",
        "GEMINI_GENERATE | filtered | {\"candidates\":[{\"finishReason\":\"SAFETY\",\"content\":{\"parts\":[{\"text\":\"It\"}]}}]}",
        "GEMINI_GENERATE | media | {\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"parts\":[{\"text\":\"It\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AA==\"}}]}}]}",
        "GEMINI_GENERATE | more_than_text | {\"candidates\":[{\"finishReason\":\"STOP\",\"groundingMetadata\":{\"webSearchQueries\":[\"q\"]},\"content\":{\"parts\":[{\"text\":\"It\"}]}}]}",
        "BEDROCK_CONVERSE | filtered | {\"stopReason\":\"guardrail_intervened\",\"output\":{\"message\":{\"content\":[{\"text\":\"It\"}]}}}",
        "OPENAI_CHAT | several_choices | {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\"}},{\"index\":1,\"finish_reason\":\"stop\",\"message\":{\"content\":\"b\"}}]}",
        "OPENAI_CHAT | refusal | {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":null,\"refusal\":\"No.\"}}]}",
        "ANTHROPIC_MESSAGES | thinking | {\"type\":\"message\",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"It\"}]}",
        "ANTHROPIC_MESSAGES | thinking | {\"type\":\"message\",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"redacted_thinking\",\"data\":\"s\"},{\"type\":\"text\",\"text\":\"It\"}]}",
        "OPENAI_RESPONSES | thinking | {\"status\":\"completed\",\"output\":[{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"It\"}]}]}",
        "OPENAI_RESPONSES | thinking | {\"status\":\"completed\",\"output\":[{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[],\"encrypted_content\":\"s\"},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"It\"}]}]}",
        "GEMINI_GENERATE | thinking | {\"candidates\":[{\"finishReason\":\"STOP\",\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"text\":\"It\"}]}}]}",
        "BEDROCK_CONVERSE | thinking | {\"stopReason\":\"end_turn\",\"output\":{\"message\":{\"content\":[{\"reasoningContent\":{\"reasoningText\":{\"text\":\"hm\",\"signature\":\"s\"}}},{\"text\":\"It\"}]}}}",
        "BEDROCK_CONVERSE | thinking | {\"stopReason\":\"end_turn\",\"output\":{\"message\":{\"content\":[{\"reasoningContent\":{\"redactedContent\":\"AA==\"}},{\"text\":\"It\"}]}}}",
        "OPENAI_CHAT | thinking | {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"It\",\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]}}]}",
        "OPENAI_CHAT | empty | {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"\"}}]}",
        "OPENAI_CHAT | undecodable | {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"a\\ud800\"}}]}",
        "OPENAI_CHAT | malformed | <html>bad gateway</html>"})
    void whatCannotBeReplayedAsItWasIsNotKept(Format format, Why why, String body) {
        assertThat(why(record(format, Asking.head(200, "content-type", JSON), 1 << 20, bytes(body)))).isIn(why, why == Why.undecodable ? Why.malformed : why);
    }

    @Test
    void plainThoughtsAreKeptAndSoAreAnswersWhoseThoughtsAreNotShown() {
        StoredAnswer answer = kept(chat(chunk("{\"reasoning_content\":\"Which \"}", "null") + chunk("{\"reasoning_content\":\"Italy?\"}", "null") + STREAM
                + chunk("{}", "\"stop\"")));
        assertThat(answer.thinking()).contains(new Thinking(List.of("reasoning_content"), "Which Italy?"));
        assertThat(answer.text()).isEqualTo("It is Rome.");
        assertThat(kept(chat(GOOD.replace("\"role\"", "\"reasoning_content\":null,\"role\""))).thinking()).isEmpty();
        String hidden = "{\"status\":\"completed\",\"output\":[{\"type\":\"reasoning\",\"id\":\"rs\",\"summary\":[]},{\"type\":\"message\",\"content\":"
                + "[{\"type\":\"output_text\",\"text\":\"It\"}]}]}";
        assertThat(kept(record(Format.OPENAI_RESPONSES, Asking.head(200, "content-type", JSON), 1 << 20, bytes(hidden))).text()).isEqualTo("It");
    }

    @Test
    void anotherStatusOrTooMuchIsNotKept() {
        assertThat(why(record(Format.OPENAI_CHAT, Asking.head(201, "content-type", JSON), 1 << 20, bytes(GOOD)))).isEqualTo(Why.status);
        assertThat(why(record(Format.OPENAI_CHAT, Asking.head(200, "content-type", JSON), 100, bytes(GOOD)))).isEqualTo(Why.too_large);
    }

    @Test
    void nothingShowsATextByItself() {
        assertThat(chat(GOOD).toString()).doesNotContain("Rome");
    }

    @Test
    void whatStoppedAnAnswerIsKept() {
        String body = "{\"type\":\"message\",\"model\":\"c\",\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"###\",\"content\":[{\"type\":\"text\",\"text\":\"It\"}]}";
        assertThat(kept(record(Format.ANTHROPIC_MESSAGES, Asking.head(200, "content-type", JSON), 1 << 20, bytes(body))).stopSequence()).contains("###");
    }
}
