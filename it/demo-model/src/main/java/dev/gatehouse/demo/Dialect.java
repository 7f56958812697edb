package dev.gatehouse.demo;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** One provider format: where the prompt stands in a request, and what an answer looks like. */
interface Dialect {

    /** The text of the last user turn, its parts joined by line breaks; empty when there is none. */
    String lastUserText(JsonObject body);

    /** The answer as one JSON document. */
    JsonObject whole(Answer answer);

    /** The answer as server-sent events, each with its empty line, in order. */
    List<String> events(Answer answer);

    /** The provider's error object. */
    JsonObject error(int status, String message);

    /** Whether the body asks for a stream; Gemini says it in the path instead. */
    default boolean streams(JsonObject body, String path) {
        return body.getBoolean("stream", false);
    }

    /** The model's name, in the body but for Gemini. */
    default String model(JsonObject body, String path) {
        return body.getString("model", "demo");
    }
}
