package dev.gatehouse.demo;

import io.vertx.core.json.JsonObject;

/** What OpenAI's formats have in common. */
final class OpenAi {

    /** The last event of a chat completions or completions stream. */
    static final String DONE = "data: [DONE]\n\n";

    /** All answers are of one second, so that they are the same every time. */
    static final long CREATED = 1_700_000_000L;

    private OpenAi() {
    }

    static JsonObject document(String id, String object, Answer answer) {
        return new JsonObject().put("id", id).put("object", object).put("created", CREATED).put("model", answer.model());
    }

    static JsonObject usage(Answer answer) {
        return new JsonObject()
            .put("prompt_tokens", answer.promptTokens())
            .put("completion_tokens", answer.completionTokens())
            .put("total_tokens", answer.totalTokens());
    }

    static JsonObject error(String message) {
        return new JsonObject().put("error", new JsonObject()
            .put("message", message).put("type", "demo_error").putNull("param").put("code", "demo_failure"));
    }
}
