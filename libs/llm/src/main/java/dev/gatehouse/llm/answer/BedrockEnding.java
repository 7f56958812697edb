package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Closes the open blocks, then {@code messageStop} with {@code guardrail_intervened}, then the usage, if it is known. */
final class BedrockEnding implements FilteredEnding {

    private final Set<Long> open = new TreeSet<>();

    @Override
    public void passed(JsonValue root) {
        root.get("contentBlockIndex").integer().ifPresent(index -> {
            boolean goesOn = root.get("delta").isPresent() || root.get("start").isPresent();
            if (goesOn) {
                open.add(index);
            } else {
                open.remove(index);
            }
        });
    }

    @Override
    public List<Event> events(Usage usage) {
        List<Event> events = new ArrayList<>();
        open.forEach(index -> events.add(new Event("contentBlockStop", object().put("contentBlockIndex", index))));
        events.add(new Event("messageStop", object().put("stopReason", "guardrail_intervened")));
        if (usage.total().isPresent()) {
            events.add(new Event("metadata", metadata(usage)));
        }
        return events;
    }

    private static ObjectNode metadata(Usage usage) {
        ObjectNode metadata = object();
        metadata.putObject("usage")
                .put("inputTokens", usage.input().orElse(0))
                .put("outputTokens", usage.output().orElse(0))
                .put("totalTokens", usage.total().orElse(0));
        return metadata;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
