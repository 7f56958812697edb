package dev.gatehouse.demo;

import io.vertx.core.json.JsonObject;

/** Server-sent events (WHATWG HTML, 9.2) as the providers write them. */
final class Sse {

    private Sse() {
    }

    static String data(JsonObject data) {
        return "data: " + data.encode() + "\n\n";
    }

    /** An event whose name is its data's {@code type}, as Anthropic and OpenAI's responses have it. */
    static String typed(JsonObject data) {
        return "event: " + data.getString("type") + "\n" + data(data);
    }
}
