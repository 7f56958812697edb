package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.AwsEventDecoder;
import dev.gatehouse.llm.stream.SseDecoder;
import dev.gatehouse.llm.stream.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderErrorsTest {

    private static final String MESSAGE = "Blocked by policy \"a/b\"\nrule pii";
    private final ObjectMapper mapper = new ObjectMapper();

    private JsonNode body(Format format) throws Exception {
        return mapper.readTree(ProviderErrors.of(format).reply(400, "prompt_blocked", MESSAGE).body());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everyFormatGetsValidJsonWithCodeAndMessage(Format format) throws Exception {
        JsonNode body = body(format);
        assertThat(body.findValuesAsText("message")).containsExactly(MESSAGE);
        assertThat(body.toString()).contains("\"prompt_blocked\"");
    }

    @Test
    void eachProviderGetsItsOwnShape() throws Exception {
        assertThat(body(Format.OPENAI_CHAT)).isEqualTo(mapper.readTree("""
                {"error":{"message":"Blocked by policy \\"a/b\\"\\nrule pii","type":"invalid_request_error","param":null,"code":"prompt_blocked"}}"""));
        assertThat(body(Format.ANTHROPIC_MESSAGES).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(body(Format.ANTHROPIC_MESSAGES).at("/type").asText()).isEqualTo("error");
        assertThat(body(Format.GEMINI_GENERATE).at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(body(Format.GEMINI_GENERATE).at("/error/code").asInt()).isEqualTo(400);
        assertThat(body(Format.MCP).at("/id").isNull()).isTrue();
        LocalReply bedrock = ProviderErrors.of(Format.BEDROCK_CONVERSE).reply(429, "c", "m");
        assertThat(bedrock.headers().first("x-amzn-errortype")).hasValue("ThrottlingException");
    }

    @Test
    void anMcpErrorCarriesTheIdOfItsRequest() throws Exception {
        LlmRequest request = LlmRequest.parse(Format.MCP, "/mcp", "{\"jsonrpc\":\"2.0\",\"id\":\"q\\u0041\",\"method\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(mapper.readTree(ProviderErrors.of(request).reply(403, "c", "m").body()).path("id").asText()).isEqualTo("qA");
    }

    @Test
    void anErrorInAStreamHasTheFramingOfTheStream() throws Exception {
        List<SseEvent> chat = events(Format.OPENAI_CHAT);
        assertThat(mapper.readTree(chat.get(0).data()).at("/error/code").asText()).isEqualTo("blocked");
        assertThat(chat.get(1).data()).isEqualTo("[DONE]");
        assertThat(events(Format.ANTHROPIC_MESSAGES).getFirst().event()).isEqualTo("error");
        assertThat(mapper.readTree(events(Format.OPENAI_RESPONSES).getFirst().data()).path("type").asText()).isEqualTo("error");
        byte[] aws = ProviderErrors.of(Format.BEDROCK_CONVERSE).streamEvent(400, "blocked", "m");
        assertThat(((AwsEvent) new AwsEventDecoder(1000).feed(aws).getFirst()).headers()).containsEntry(":exception-type", "validationException");
    }

    private List<SseEvent> events(Format format) throws Exception {
        return new SseDecoder(10_000).feed(ProviderErrors.of(format).streamEvent(400, "blocked", "m")).stream().map(SseEvent.class::cast).toList();
    }
}
