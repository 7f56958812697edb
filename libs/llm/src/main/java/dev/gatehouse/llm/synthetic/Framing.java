package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.SseEvent;
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
            case SSE, SSE_DONE -> sse(event).encode();
            case JSON_ARRAY -> utf8((first ? "[" : ",\r\n") + event.data());
            case AWS -> AwsEvent.event(event.name(), json).encode();
            case AWS_CHUNKS -> AwsEvent.event("chunk", utf8(Composer.object().put("bytes", Base64.getEncoder().encodeToString(json)))).encode();
        };
    }

    private static SseEvent sse(Composer.Event event) {
        String data = event.data().toString();
        return event.name().isEmpty() ? SseEvent.ofData(data) : SseEvent.of(event.name(), data);
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
        return utf8(json.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
