package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Closes the open blocks, then {@code stop_reason: refusal} and {@code message_stop}. */
final class AnthropicEnding implements FilteredEnding {

    private final Set<Long> open = new TreeSet<>();
    private boolean begun;

    @Override
    public void passed(JsonValue root) {
        long index = root.get("index").integer().orElse(0);
        switch (root.get("type").string().orElse("")) {
            case "message_start" -> begun = true;
            case "content_block_start" -> open.add(index);
            case "content_block_stop" -> open.remove(index);
            default -> { }
        }
    }

    @Override
    public List<Event> events(Usage usage) {
        List<Event> events = new ArrayList<>();
        if (!begun) {
            events.add(start());
        }
        open.forEach(index -> events.add(event("content_block_stop", object -> object.put("index", index))));
        events.add(event("message_delta", object -> refusal(object, usage)));
        events.add(event("message_stop", object -> { }));
        return events;
    }

    private static Event start() {
        return event("message_start", object -> {
            ObjectNode message = object.putObject("message").put("id", "msg_stopped").put("type", "message").put("role", "assistant").put("model", "");
            message.putArray("content");
            message.putNull("stop_reason").putNull("stop_sequence");
            message.putObject("usage").put("input_tokens", 0).put("output_tokens", 0);
        });
    }

    private static void refusal(ObjectNode event, Usage usage) {
        event.putObject("delta").put("stop_reason", "refusal").putNull("stop_sequence");
        event.putObject("usage").put("output_tokens", usage.output().orElse(0));
    }

    private static Event event(String type, java.util.function.Consumer<ObjectNode> fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", type);
        fields.accept(object);
        return new Event(type, object);
    }
}
