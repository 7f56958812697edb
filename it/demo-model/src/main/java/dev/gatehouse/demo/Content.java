package dev.gatehouse.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** Reads the text of message lists, which OpenAI, Anthropic and Gemini lay out alike. */
final class Content {

    private Content() {
    }

    /**
     * The text of the last message whose {@code role} is user (or that has none, as Gemini allows).
     *
     * @param field where a message keeps its content: a string, or a list of parts with a {@code text} each
     */
    static String lastUser(JsonArray messages, String field) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            JsonObject message = messages.getJsonObject(i);
            if (message.getString("role", "user").equals("user") && message.containsKey(field)) {
                return text(message.getValue(field));
            }
        }
        return "";
    }

    static String text(Object content) {
        return switch (content) {
            case JsonArray parts -> parts.stream().map(Content::text).collect(Collectors.joining("\n"));
            case JsonObject part -> part.getString("text", "");
            case null -> "";
            default -> content.toString();
        };
    }
}
