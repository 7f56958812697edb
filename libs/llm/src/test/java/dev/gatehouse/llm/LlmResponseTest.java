package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.llm.LlmResponse.ToolCall;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.AwsEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hand-written responses of every format, whole and streamed. */
class LlmResponseTest {

    private static LlmResponse json(Format format, String body) throws Exception {
        return LlmResponse.parse(format, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static LlmResponse sse(Format format, String... data) throws Exception {
        String body = "data: " + String.join("\n\ndata: ", data) + "\n\n";
        return LlmResponse.parse(format, "text/event-stream", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void openAiChatWhole() throws Exception {
        LlmResponse response = json(Format.OPENAI_CHAT, """
                {"id":"c1","model":"gpt-x","choices":[{"index":0,"message":{"role":"assistant","content":"hi","reasoning_content":"hm",
                "tool_calls":[{"id":"t1","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},"finish_reason":"tool_calls"},
                {"index":1,"message":{"content":null,"refusal":"no"},"finish_reason":"stop"}],
                "usage":{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}}""");
        assertThat(response.id()).hasValue("c1");
        assertThat(response.model()).hasValue("gpt-x");
        assertThat(response.text(0, PartKind.TEXT)).isEqualTo("hi");
        assertThat(response.text(0, PartKind.REASONING)).isEqualTo("hm");
        assertThat(response.text(1, PartKind.REFUSAL)).isEqualTo("no");
        assertThat(response.toolCalls()).containsExactly(new ToolCall(0, "t1", "f", "{\"a\":1}"));
        assertThat(response.finishReasons()).containsExactly("tool_calls", "stop");
        assertThat(response.usage().input()).hasValue(10);
        assertThat(response.usage().output()).hasValue(5);
        assertThat(response.usage().cacheRead()).hasValue(4);
        assertThat(response.usage().reasoning()).hasValue(2);
        assertThat(response.usage().audioInput()).hasValue(1);
        assertThat(response.usage().total()).hasValue(15);
    }

    @Test
    void openAiChatStreamWithGroqUsageAndMistralThinking() throws Exception {
        LlmResponse response = sse(Format.OPENAI_CHAT,
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\"}}]}", "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"i\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"t\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"}\"}}]},\"finish_reason\":\"stop\"}],\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}}",
                "[DONE]");
        assertThat(response.text(0, PartKind.TEXT)).isEqualTo("hi");
        assertThat(response.text(0, PartKind.REASONING)).isEqualTo("hm");
        assertThat(response.toolCalls()).containsExactly(new ToolCall(0, "t", "f", "{}"));
        assertThat(response.usage().total()).hasValue(4);
    }

    @Test
    void dialectsSpellCachedTokensDifferently() throws Exception {
        for (String cached : new String[] {"\"prompt_cache_hit_tokens\":3", "\"num_cached_tokens\":3", "\"cached_tokens\":3", "\"prompt_tokens_details\":{\"cached_tokens\":3}"}) {
            assertThat(json(Format.OPENAI_CHAT, "{\"choices\":[],\"usage\":{\"prompt_tokens\":9," + cached + "}}").usage().cacheRead()).hasValue(3);
        }
    }

    @Test
    void completionsText() throws Exception {
        assertThat(json(Format.OPENAI_COMPLETIONS, "{\"choices\":[{\"text\":\"x\",\"index\":0,\"finish_reason\":\"length\"}]}").text(0, PartKind.TEXT)).isEqualTo("x");
    }

    @Test
    void responsesWholeAndStreamedSayTheSame() throws Exception {
        String items = """
                [{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},{"type":"message","content":[{"type":"output_text","text":"hello"}]},\
                {"type":"function_call","call_id":"t","name":"f","arguments":"{}"}]""";
        String usage = "\"usage\":{\"input_tokens\":8,\"output_tokens\":3,\"input_tokens_details\":{\"cached_tokens\":2},\"output_tokens_details\":{\"reasoning_tokens\":1}}";
        LlmResponse whole = json(Format.OPENAI_RESPONSES, "{\"id\":\"r\",\"model\":\"m\",\"status\":\"completed\",\"output\":" + items + "," + usage + "}");
        LlmResponse streamed = sse(Format.OPENAI_RESPONSES,
                "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\",\"status\":\"in_progress\",\"output\":[]}}",
                "{\"type\":\"response.reasoning_summary_text.delta\",\"output_index\":0,\"summary_index\":0,\"delta\":\"hm\"}",
                "{\"type\":\"response.output_text.delta\",\"output_index\":1,\"content_index\":0,\"delta\":\"hel\"}",
                "{\"type\":\"response.output_text.delta\",\"output_index\":1,\"content_index\":0,\"delta\":\"lo\"}",
                "{\"type\":\"response.output_item.added\",\"output_index\":2,\"item\":{\"type\":\"function_call\",\"call_id\":\"t\",\"name\":\"f\",\"arguments\":\"\"}}",
                "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":2,\"delta\":\"{}\"}",
                "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"model\":\"m\",\"status\":\"completed\",\"output\":[]," + usage + "}}");
        assertThat(streamed).isEqualTo(whole);
        assertThat(whole.text(0, PartKind.TEXT)).isEqualTo("hello");
        assertThat(whole.usage().input()).hasValue(8);
    }

    @Test
    void anthropicInputCountsCachesAndTheLastUsageHolds() throws Exception {
        LlmResponse response = sse(Format.ANTHROPIC_MESSAGES,
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"model\":\"c\",\"content\":[],\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":7,\"cache_creation_input_tokens\":1,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}",
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"hi\"}}",
                "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\":1}\"}}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"},\"usage\":{\"output_tokens\":20}}");
        assertThat(response.text(0, PartKind.TEXT)).isEqualTo("hi");
        assertThat(response.text(0, PartKind.REASONING)).isEqualTo("hm");
        assertThat(response.toolCalls()).containsExactly(new ToolCall(0, "t", "f", "{\"a\":1}"));
        assertThat(response.usage().input()).hasValue(13);
        assertThat(response.usage().output()).hasValue(20);
        assertThat(response.finishReasons()).containsExactly("tool_use");
    }

    @Test
    void geminiWholeAndAsAnArray() throws Exception {
        String piece = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"t\",\"thought\":true},{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":1}}}]},\"finishReason\":\"STOP\"}],"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":2,\"thoughtsTokenCount\":3,\"toolUsePromptTokenCount\":1},\"modelVersion\":\"g\"}";
        LlmResponse whole = json(Format.GEMINI_GENERATE, piece);
        assertThat(whole.text(0, PartKind.TEXT)).isEqualTo("a");
        assertThat(whole.text(0, PartKind.REASONING)).isEqualTo("t");
        assertThat(whole.toolCalls()).containsExactly(new ToolCall(0, "", "f", "{\"x\":1}"));
        assertThat(whole.usage().input()).hasValue(5);
        assertThat(whole.usage().output()).hasValue(5);
        LlmResponse array = json(Format.GEMINI_GENERATE, "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}\n,\n" + piece + "]");
        assertThat(array.text(0, PartKind.TEXT)).isEqualTo("ba");
        assertThat(sse(Format.GEMINI_GENERATE, piece)).isEqualTo(whole);
        assertThat(json(Format.GEMINI_GENERATE, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}").finishReasons()).containsExactly("SAFETY");
    }

    @Test
    void bedrockWholeAndAsBinaryStream() throws Exception {
        LlmResponse whole = json(Format.BEDROCK_CONVERSE, """
                {"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"hm"}}},{"text":"hi"},
                {"toolUse":{"toolUseId":"t","name":"f","input":{"a":1}}}]}},"stopReason":"tool_use","usage":{"inputTokens":2,"outputTokens":3,"cacheReadInputTokens":4}}""");
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(event("messageStart", "{\"role\":\"assistant\"}"));
        stream.writeBytes(event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"reasoningContent\":{\"text\":\"hm\"}}}"));
        stream.writeBytes(event("contentBlockDelta", "{\"contentBlockIndex\":1,\"delta\":{\"text\":\"hi\"}}"));
        stream.writeBytes(event("contentBlockStart", "{\"contentBlockIndex\":2,\"start\":{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\"}}}"));
        stream.writeBytes(event("contentBlockDelta", "{\"contentBlockIndex\":2,\"delta\":{\"toolUse\":{\"input\":\"{\\\"a\\\":1}\"}}}"));
        stream.writeBytes(event("messageStop", "{\"stopReason\":\"tool_use\"}"));
        stream.writeBytes(event("metadata", "{\"usage\":{\"inputTokens\":2,\"outputTokens\":3,\"cacheReadInputTokens\":4}}"));
        assertThat(LlmResponse.parse(Format.BEDROCK_CONVERSE, "application/vnd.amazon.eventstream", stream.toByteArray())).isEqualTo(whole);
        assertThat(whole.usage().input()).hasValue(6);
        assertThat(whole.text(0, PartKind.TEXT)).isEqualTo("hi");
    }

    private static byte[] event(String type, String json) {
        return AwsEvent.event(type, json.getBytes(StandardCharsets.UTF_8)).encode();
    }

    @Test
    void everyErrorThatWeWriteIsReadAsAnError() throws Exception {
        for (Format format : Format.values()) {
            byte[] body = ProviderErrors.of(format).reply(429, "over_budget", "Too much").body();
            assertThat(LlmResponse.parse(format, "application/json", body).error().orElseThrow().message()).as(format.name()).isEqualTo("Too much");
            String type = format == Format.BEDROCK_CONVERSE ? "application/vnd.amazon.eventstream" : "text/event-stream";
            LlmResponse streamed = LlmResponse.parse(format, type, ProviderErrors.of(format).streamEvent(429, "over_budget", "Too much"));
            assertThat(streamed.error().orElseThrow().message()).as(format.name()).isEqualTo("Too much");
        }
    }

    @Test
    void otherErrorShapesAreRead() throws Exception {
        assertThat(json(Format.OPENAI_CHAT, "{\"object\":\"error\",\"message\":\"m\",\"type\":\"t\",\"code\":3}").error())
                .hasValue(new LlmResponse.ResponseError("t", "3", "m"));
        assertThat(json(Format.OPENAI_CHAT, "{\"error\":\"m\"}").error().orElseThrow().message()).isEqualTo("m");
        assertThat(json(Format.BEDROCK_CONVERSE, "{\"Message\":\"m\"}").error().orElseThrow().message()).isEqualTo("m");
    }

    @Test
    void textInAnEventIsReplacedAndNumberedByItsChoice() throws Exception {
        byte[] event = "{\"choices\":[{\"delta\":{\"content\":\"[EMAIL_1] ok\"},\"index\":2}],\"x\":\"\\u00e9\"}".getBytes(StandardCharsets.UTF_8);
        ResponseDocument document = ResponseDocument.parse(Format.OPENAI_CHAT, event);
        TextPart part = document.parts().getFirst();
        assertThat(part.index()).isEqualTo(2);
        assertThat(part.role()).isEqualTo(Role.ASSISTANT);
        assertThat(new String(document.replacing(Map.of(part, "a@b.c ok")), StandardCharsets.UTF_8))
                .isEqualTo("{\"choices\":[{\"delta\":{\"content\":\"a@b.c ok\"},\"index\":2}],\"x\":\"\\u00e9\"}");
    }

    @Test
    void whatCameBeforeABrokenEventStaysReadable() throws Exception {
        ResponseReader reader = new ResponseReader(Format.OPENAI_CHAT, "text/event-stream", 1000);
        reader.feed("data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> reader.feed("data: oops\n\n".getBytes(StandardCharsets.UTF_8))).isInstanceOf(MalformedJson.class);
        assertThat(reader.response().text(0, PartKind.TEXT)).isEqualTo("hi");
    }
}
