package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A last piece in which each open candidate has {@code finishReason: SAFETY}. */
final class GeminiEnding implements FilteredEnding {

    private final Set<Integer> open = new TreeSet<>();
    private ObjectNode head = JsonNodeFactory.instance.objectNode();
    private boolean begun;

    @Override
    public void passed(JsonValue root) {
        head = Copied.of(root, "modelVersion responseId");
        for (JsonValue candidate : root.get("candidates").elements()) {
            begun = true;
            int index = (int) candidate.get("index").integer().orElse(0);
            if (candidate.get("finishReason").isPresent()) {
                open.remove(index);
            } else {
                open.add(index);
            }
        }
    }

    @Override
    public List<Event> events(Usage usage) {
        ObjectNode event = head.deepCopy();
        var candidates = event.putArray("candidates");
        for (int index : begun ? open : Set.of(0)) {
            ObjectNode candidate = candidates.addObject();
            candidate.putObject("content").put("role", "model").putArray("parts");
            candidate.put("finishReason", "SAFETY").put("index", index);
        }
        if (usage.total().isPresent()) {
            event.putObject("usageMetadata")
                    .put("promptTokenCount", usage.input().orElse(0))
                    .put("candidatesTokenCount", usage.output().orElse(0))
                    .put("totalTokenCount", usage.total().orElse(0));
        }
        return List.of(new Event("", event));
    }
}
