package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's {@code POST /v1/chat/completions}, whole and as {@code chat.completion.chunk} events. */
final class ChatCompletions implements Dialect {

    @Override
    public String lastUserText(JsonObject body) {
        return Content.lastUser(body.getJsonArray("messages", new JsonArray()), "content");
    }

    @Override
    public JsonObject whole(Answer answer) {
        JsonObject message = new JsonObject().put("role", "assistant").put("content", answer.text());
        JsonObject choice = new JsonObject().put("index", 0).put("message", message).put("finish_reason", "stop");
        return document(answer, "chat.completion", new JsonArray().add(choice)).put("usage", OpenAi.usage(answer));
    }

    @Override
    public List<String> events(Answer answer) {
        List<String> events = new ArrayList<>(answer.tokens().size() + 4);
        events.add(chunk(answer, new JsonObject().put("role", "assistant").put("content", ""), null));
        answer.tokens().forEach(token -> events.add(chunk(answer, new JsonObject().put("content", token), null)));
        events.add(chunk(answer, new JsonObject(), "stop"));
        if (answer.withUsage()) {
            events.add(Sse.data(document(answer, "chat.completion.chunk", new JsonArray()).put("usage", OpenAi.usage(answer))));
        }
        events.add(OpenAi.DONE);
        return events;
    }

    @Override
    public JsonObject error(int status, String message) {
        return OpenAi.error(message);
    }

    private static String chunk(Answer answer, JsonObject delta, String finish) {
        JsonObject choice = new JsonObject().put("index", 0).put("delta", delta).put("finish_reason", finish);
        return Sse.data(document(answer, "chat.completion.chunk", new JsonArray().add(choice)));
    }

    private static JsonObject document(Answer answer, String object, JsonArray choices) {
        return OpenAi.document("chatcmpl-demo", object, answer).put("choices", choices);
    }
}
