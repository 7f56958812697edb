package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A chunk with {@code finish_reason: content_filter} for each choice that is open, and one with the usage, if it is known. */
final class ChatEnding implements FilteredEnding {

    private static final String HEAD = "id object created model system_fingerprint service_tier";

    private final Set<Integer> open = new TreeSet<>();
    private ObjectNode head = JsonNodeFactory.instance.objectNode().put("object", "chat.completion.chunk");
    private boolean completion;
    private boolean begun;

    @Override
    public void passed(JsonValue root) {
        if (root.get("choices").isPresent()) {
            head = Copied.of(root, HEAD);
        }
        for (JsonValue choice : root.get("choices").elements()) {
            int index = (int) choice.get("index").integer().orElse(0);
            begun = true;
            completion = completion || choice.get("text").is(JsonValue.Kind.STRING);
            if (choice.get("finish_reason").isPresent()) {
                open.remove(index);
            } else {
                open.add(index);
            }
        }
    }

    @Override
    public List<Event> events(Usage usage) {
        List<Event> events = new ArrayList<>();
        for (int choice : begun ? open : Set.of(0)) {
            events.add(new Event("", finish(choice)));
        }
        if (usage.total().isPresent()) {
            events.add(new Event("", usage(usage)));
        }
        return events;
    }

    private ObjectNode finish(int index) {
        ObjectNode event = head.deepCopy();
        ObjectNode choice = event.putArray("choices").addObject().put("index", index);
        if (completion) {
            choice.put("text", "").putNull("logprobs");
        } else {
            choice.putObject("delta");
        }
        choice.put("finish_reason", "content_filter");
        return event;
    }

    private ObjectNode usage(Usage usage) {
        ObjectNode event = head.deepCopy();
        event.putArray("choices");
        event.putObject("usage")
                .put("prompt_tokens", usage.input().orElse(0))
                .put("completion_tokens", usage.output().orElse(0))
                .put("total_tokens", usage.total().orElse(0));
        return event;
    }
}
