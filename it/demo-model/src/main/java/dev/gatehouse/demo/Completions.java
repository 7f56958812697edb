package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's older {@code POST /v1/completions}, whole and streamed. */
final class Completions implements Dialect {

    @Override
    public String lastUserText(JsonObject body) {
        return Content.text(body.getValue("prompt"));
    }

    @Override
    public JsonObject whole(Answer answer) {
        return document(answer, answer.text(), "stop").put("usage", OpenAi.usage(answer));
    }

    @Override
    public List<String> events(Answer answer) {
        List<String> events = new ArrayList<>(answer.tokens().size() + 2);
        answer.tokens().forEach(token -> events.add(Sse.data(document(answer, token, null))));
        events.add(Sse.data(document(answer, "", "stop")));
        events.add(OpenAi.DONE);
        return events;
    }

    @Override
    public JsonObject error(int status, String message) {
        return OpenAi.error(message);
    }

    private static JsonObject document(Answer answer, String text, String finish) {
        JsonObject choice = new JsonObject().put("index", 0).put("text", text).put("finish_reason", finish);
        return OpenAi.document("cmpl-demo", "text_completion", answer).put("choices", new JsonArray().add(choice));
    }
}
