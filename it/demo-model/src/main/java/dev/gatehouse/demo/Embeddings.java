package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** OpenAI's {@code POST /v1/embeddings}: eight numbers made from each text's hash, equal for equal texts and nothing more. */
final class Embeddings {

    private static final int DIMENSIONS = 8;

    private Embeddings() {
    }

    static JsonObject of(JsonObject body) {
        List<?> inputs = body.getValue("input") instanceof JsonArray many ? many.getList() : List.of(body.getValue("input", ""));
        JsonArray data = new JsonArray();
        inputs.forEach(input -> data.add(new JsonObject()
            .put("object", "embedding").put("index", data.size()).put("embedding", vector(input.toString()))));
        return new JsonObject().put("object", "list").put("data", data).put("model", body.getString("model", "demo"))
            .put("usage", new JsonObject().put("prompt_tokens", inputs.size()).put("total_tokens", inputs.size()));
    }

    private static JsonArray vector(String text) {
        JsonArray vector = new JsonArray();
        int hash = text.hashCode();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector.add(((hash >>> (4 * i)) & 15) / 15.0 - 0.5);
        }
        return vector;
    }
}
