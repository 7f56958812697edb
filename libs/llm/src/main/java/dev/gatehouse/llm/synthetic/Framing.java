package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.SseEvent;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How an answer is put on the wire. */
enum Framing {
    JSON("application/json"),
    SSE("text/event-stream"),
    /** Server-sent events, with OpenAI's {@code [DONE]} at the end. */ SSE_DONE("text/event-stream"),
    /** One array of JSON: Gemini streams so without {@code alt=sse}. */ JSON_ARRAY("application/json"),
    AWS("application/vnd.amazon.eventstream"),
    /** Another provider's events in chunks of AWS's stream, as {@code invoke-with-response-stream} sends them. */
    AWS_CHUNKS("application/vnd.amazon.eventstream");

    private static final ObjectWriter JSON_WRITER = new ObjectMapper().writer();

    final String contentType;

    Framing(String contentType) {
        this.contentType = contentType;
    }

    static Framing of(LlmRequest request) {
        if (!request.stream()) {
            return JSON;
        }
        return switch (request.format()) {
            case BEDROCK_CONVERSE -> AWS;
            case GEMINI_GENERATE -> request.path().matches("[^?]*\\?(.*&)?alt=sse(&.*)?") ? SSE : JSON_ARRAY;
            case ANTHROPIC_MESSAGES -> request.path().contains("/invoke-with-response-stream") ? AWS_CHUNKS : SSE;
            case OPENAI_RESPONSES -> SSE;
            default -> SSE_DONE;
        };
    }

    /** @param first whether nothing went before it */
    byte[] frame(Composer.Event event, boolean first) {
        byte[] json = utf8(event.data());
        return switch (this) {
            case JSON -> json;
            case SSE, SSE_DONE -> sse(event.name(), json);
            case JSON_ARRAY -> utf8((first ? "[" : ",\r\n") + event.data());
            case AWS -> AwsEvent.event(event.name(), json).encode();
            case AWS_CHUNKS -> AwsEvent.event("chunk", utf8(Composer.object().put("bytes", Base64.getEncoder().encodeToString(json)))).encode();
        };
    }

    /** JSON written here has no line ends, so it is one line. */
    private static byte[] sse(String name, byte[] json) {
        byte[] before = utf8(name.isEmpty() ? "data: " : "event: " + name + "\ndata: ");
        return ByteBuffer.allocate(before.length + json.length + 2).put(before).put(json).put((byte) '\n').put((byte) '\n').array();
    }

    /** What follows the last event. */
    byte[] end() {
        return switch (this) {
            case SSE_DONE -> SseEvent.ofData("[DONE]").encode();
            case JSON_ARRAY -> utf8("]");
            default -> new byte[0];
        };
    }

    private static byte[] utf8(ObjectNode json) {
        try {
            return JSON_WRITER.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
