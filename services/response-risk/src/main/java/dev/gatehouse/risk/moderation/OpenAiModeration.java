package dev.gatehouse.risk.moderation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatehouse.risk.moderation.Opinion.Objection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * OpenAI's {@code POST /v1/moderations} (API reference, "Moderations"), and what speaks it too.
 *
 * @param categories   that count, as the API names them; all when empty
 * @param minimumScore from which a category counts; the API's own flags when empty
 */
record OpenAiModeration(Endpoint endpoint, String model, Set<String> categories, Optional<Double> minimumScore) implements Moderator {

    @Override
    public Opinion judge(Passage passage) throws ModerationFailed, InterruptedException {
        JsonNode answer = endpoint.ask(JsonNodeFactory.instance.objectNode().put("model", model).put("input", passage.inContext()));
        JsonNode result = answer.path("results").path(0);
        if (!result.path("categories").isObject()) {
            throw new ModerationFailed("no result");
        }
        List<Objection> objections = new ArrayList<>();
        for (Map.Entry<String, JsonNode> category : result.path("categories").properties()) {
            double score = result.path("category_scores").path(category.getKey()).asDouble(category.getValue().asBoolean() ? 1 : 0);
            boolean counts = minimumScore.map(least -> score >= least).orElse(category.getValue().asBoolean());
            if (counts && (categories.isEmpty() || categories.contains(category.getKey()))) {
                objections.add(new Objection(Categories.named(category.getKey()), Math.clamp(score, 0, 1)));
            }
        }
        return Opinion.against(objections);
    }
}
