package dev.gatehouse.risk.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.risk.moderation.Opinion.Objection;
import java.util.List;
import java.util.Optional;

/**
 * agentgateway's guardrail webhook, {@code POST /response}: in {@code {"body": {"choices": [{"message": {"role", "content"}}]}}}, out an
 * {@code action} that passes (no body), masks (a body of choices) or rejects (a text body with a status code).
 */
record Webhook(Endpoint endpoint) implements Moderator {

    private static final Objection REJECTED = new Objection("rejected", 1);
    private static final Objection MASKED = new Objection("masked", 1);

    @Override
    public Opinion judge(Passage passage) throws ModerationFailed, InterruptedException {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        question.putObject("body").putArray("choices").addObject().putObject("message").put("role", "assistant").put("content", passage.text());
        JsonNode answer = endpoint.ask(question);
        if (!answer.path("action").isObject()) {
            throw new ModerationFailed("no action");
        }
        return opinion(answer.path("action").path("body"));
    }

    private static Opinion opinion(JsonNode body) throws ModerationFailed {
        if (body.isMissingNode() || body.isNull()) {
            return Opinion.NONE;
        }
        if (body.isTextual()) {
            return Opinion.against(List.of(REJECTED));
        }
        JsonNode content = body.path("choices").path(0).path("message").path("content");
        if (!content.isTextual()) {
            throw new ModerationFailed("no content in a mask");
        }
        return new Opinion(List.of(MASKED), Optional.of(content.asText()));
    }
}
