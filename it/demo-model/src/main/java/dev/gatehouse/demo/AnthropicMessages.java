package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's {@code POST /v1/messages}, whole and as typed events. */
final class AnthropicMessages implements Dialect {

    @Override
    public String lastUserText(JsonObject body) {
        return Content.lastUser(body.getJsonArray("messages", new JsonArray()), "content");
    }

    @Override
    public JsonObject whole(Answer answer) {
        return message(answer, new JsonArray().add(textBlock(answer.text())), "end_turn", answer.completionTokens());
    }

    @Override
    public List<String> events(Answer answer) {
        List<String> events = new ArrayList<>(answer.tokens().size() + 5);
        events.add(Sse.typed(event("message_start").put("message", message(answer, new JsonArray(), null, 1))));
        events.add(Sse.typed(inBlock("content_block_start").put("content_block", textBlock(""))));
        answer.tokens().forEach(token -> events.add(Sse.typed(inBlock("content_block_delta")
            .put("delta", new JsonObject().put("type", "text_delta").put("text", token)))));
        events.add(Sse.typed(inBlock("content_block_stop")));
        events.add(Sse.typed(event("message_delta")
            .put("delta", new JsonObject().put("stop_reason", "end_turn").putNull("stop_sequence"))
            .put("usage", new JsonObject().put("output_tokens", answer.completionTokens()))));
        events.add(Sse.typed(event("message_stop")));
        return events;
    }

    @Override
    public JsonObject error(int status, String message) {
        return event("error").put("error", new JsonObject().put("type", "api_error").put("message", message));
    }

    private static JsonObject event(String type) {
        return new JsonObject().put("type", type);
    }

    private static JsonObject inBlock(String type) {
        return event(type).put("index", 0);
    }

    private static JsonObject textBlock(String text) {
        return new JsonObject().put("type", "text").put("text", text);
    }

    private static JsonObject message(Answer answer, JsonArray content, String stopReason, int outputTokens) {
        JsonObject usage = new JsonObject().put("input_tokens", answer.promptTokens()).put("output_tokens", outputTokens);
        return new JsonObject().put("id", "msg_demo").put("type", "message").put("role", "assistant")
            .put("model", answer.model()).put("content", content).put("stop_reason", stopReason).putNull("stop_sequence")
            .put("usage", usage);
    }
}
