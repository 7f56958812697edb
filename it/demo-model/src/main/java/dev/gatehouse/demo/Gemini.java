package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Gemini's {@code models/MODEL:generateContent} and {@code :streamGenerateContent?alt=sse}; the model stands in the path. */
final class Gemini implements Dialect {

    @Override
    public String lastUserText(JsonObject body) {
        return Content.lastUser(body.getJsonArray("contents", new JsonArray()), "parts");
    }

    @Override
    public JsonObject whole(Answer answer) {
        return document(answer, answer.text(), "STOP").put("usageMetadata", usage(answer));
    }

    @Override
    public List<String> events(Answer answer) {
        List<String> events = new ArrayList<>(answer.tokens().size() + 1);
        answer.tokens().forEach(token -> events.add(Sse.data(document(answer, token, null))));
        events.add(Sse.data(document(answer, "", "STOP").put("usageMetadata", usage(answer))));
        return events;
    }

    @Override
    public JsonObject error(int status, String message) {
        return new JsonObject().put("error", new JsonObject()
            .put("code", status).put("message", message).put("status", "INTERNAL"));
    }

    @Override
    public boolean streams(JsonObject body, String path) {
        return path.endsWith(":streamGenerateContent");
    }

    @Override
    public String model(JsonObject body, String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
    }

    private static JsonObject document(Answer answer, String text, String finish) {
        JsonObject part = new JsonObject().put("text", text);
        JsonObject content = new JsonObject().put("role", "model").put("parts", new JsonArray().add(part));
        JsonObject candidate = new JsonObject().put("index", 0).put("content", content);
        if (finish != null) {
            candidate.put("finishReason", finish);
        }
        return new JsonObject().put("candidates", new JsonArray().add(candidate)).put("modelVersion", answer.model());
    }

    private static JsonObject usage(Answer answer) {
        return new JsonObject()
            .put("promptTokenCount", answer.promptTokens())
            .put("candidatesTokenCount", answer.completionTokens())
            .put("totalTokenCount", answer.totalTokens());
    }
}
