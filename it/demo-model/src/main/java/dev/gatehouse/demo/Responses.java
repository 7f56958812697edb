package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's {@code POST /v1/responses}, whole and as typed events. */
final class Responses implements Dialect {

    private static final String ITEM = "msg_demo";

    @Override
    public String lastUserText(JsonObject body) {
        return body.getValue("input") instanceof JsonArray items
            ? Content.lastUser(items, "content")
            : body.getString("input", "");
    }

    @Override
    public JsonObject whole(Answer answer) {
        JsonArray output = new JsonArray().add(message(answer.text(), "completed"));
        return response(answer, "completed", output).put("usage", usage(answer));
    }

    @Override
    public List<String> events(Answer answer) {
        JsonObject started = response(answer, "in_progress", new JsonArray());
        JsonObject part = part(answer.text());
        List<JsonObject> events = new ArrayList<>(answer.tokens().size() + 8);
        events.add(event("created").put("response", started));
        events.add(event("in_progress").put("response", started));
        events.add(event("output_item.added").put("output_index", 0).put("item", message("", "in_progress")));
        events.add(inItem("content_part.added").put("part", part("")));
        answer.tokens().forEach(token -> events.add(inItem("output_text.delta").put("delta", token)));
        events.add(inItem("output_text.done").put("text", answer.text()));
        events.add(inItem("content_part.done").put("part", part));
        events.add(event("output_item.done").put("output_index", 0).put("item", message(answer.text(), "completed")));
        events.add(event("completed").put("response", whole(answer)));
        return numbered(events);
    }

    @Override
    public JsonObject error(int status, String message) {
        return OpenAi.error(message);
    }

    private static List<String> numbered(List<JsonObject> events) {
        List<String> written = new ArrayList<>(events.size());
        events.forEach(event -> written.add(Sse.typed(event.put("sequence_number", written.size()))));
        return written;
    }

    private static JsonObject event(String name) {
        return new JsonObject().put("type", "response." + name);
    }

    private static JsonObject inItem(String name) {
        return event(name).put("item_id", ITEM).put("output_index", 0).put("content_index", 0);
    }

    private static JsonObject response(Answer answer, String status, JsonArray output) {
        return new JsonObject().put("id", "resp_demo").put("object", "response").put("created_at", OpenAi.CREATED)
            .put("status", status).put("model", answer.model()).put("output", output);
    }

    private static JsonObject message(String text, String status) {
        JsonArray content = text.isEmpty() ? new JsonArray() : new JsonArray().add(part(text));
        return new JsonObject().put("id", ITEM).put("type", "message").put("status", status).put("role", "assistant")
            .put("content", content);
    }

    private static JsonObject part(String text) {
        return new JsonObject().put("type", "output_text").put("text", text).put("annotations", new JsonArray());
    }

    private static JsonObject usage(Answer answer) {
        return new JsonObject()
            .put("input_tokens", answer.promptTokens())
            .put("output_tokens", answer.completionTokens())
            .put("total_tokens", answer.totalTokens());
    }
}
