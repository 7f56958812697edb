package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/** Cohere's embeddings: no text comes back, only usage and errors. */
final class CohereDialect {

    private CohereDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        into.id(root.get("id"));
        into.usage().cohere(root.get("meta"));
        into.error(root.get("message"));
    }
}
