package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.json.JsonValue;
import java.util.List;

/** {@code response.incomplete} with the reason {@code content_filter}; its output is empty, as the client has what it may have. */
final class ResponsesEnding implements FilteredEnding {

    private ObjectNode response = JsonNodeFactory.instance.objectNode().put("object", "response");
    private long next;

    @Override
    public void passed(JsonValue root) {
        next = Math.max(next, root.get("sequence_number").integer().orElse(-1) + 1);
        if (root.get("response").is(JsonValue.Kind.OBJECT)) {
            response = Copied.of(root.get("response"), "id object created_at model");
        }
    }

    @Override
    public List<Event> events(Usage usage) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "response.incomplete");
        ObjectNode ended = response.deepCopy().put("status", "incomplete").putNull("error");
        ended.putObject("incomplete_details").put("reason", "content_filter");
        ended.putArray("output");
        if (usage.total().isPresent()) {
            usage(ended.putObject("usage"), usage);
        }
        event.set("response", ended);
        return List.of(new Event("response.incomplete", event.put("sequence_number", next)));
    }

    private static void usage(ObjectNode into, Usage usage) {
        into.put("input_tokens", usage.input().orElse(0))
                .put("output_tokens", usage.output().orElse(0))
                .put("total_tokens", usage.total().orElse(0));
    }
}
