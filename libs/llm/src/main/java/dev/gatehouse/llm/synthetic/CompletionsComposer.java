package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's completions.
 *
 * @param includeUsage what the request says of a last chunk with the usage
 */
record CompletionsComposer(JsonValue includeUsage) implements Composer {

    @Override
    public ObjectNode whole(SyntheticAnswer answer, String id) {
        ObjectNode body = withText(answer, id, answer.text());
        finish(body);
        if (answer.usage().total().isPresent()) {
            OpenAiUsage.CHAT.write(body.putObject("usage"), answer.usage());
        }
        return body;
    }

    @Override
    public List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces) {
        List<Event> events = new ArrayList<>();
        pieces.stream().flatMap(List::stream).forEach(piece -> events.add(new Event("", chunk(answer, id, piece))));
        ObjectNode last = chunk(answer, id, "");
        finish(last);
        events.add(new Event("", last));
        if (includeUsage.is(JsonValue.Kind.TRUE)) {
            ObjectNode usage = head(answer, id);
            usage.putArray("choices");
            OpenAiUsage.CHAT.write(usage.putObject("usage"), answer.usage());
            events.add(new Event("", usage));
        }
        return events;
    }

    private ObjectNode chunk(SyntheticAnswer answer, String id, String text) {
        ObjectNode chunk = withText(answer, id, text);
        return includeUsage.is(JsonValue.Kind.TRUE) ? chunk.putNull("usage") : chunk;
    }

    private static void finish(ObjectNode body) {
        ((ObjectNode) body.get("choices").get(0)).put("finish_reason", "stop");
    }

    private static ObjectNode withText(SyntheticAnswer answer, String id, String text) {
        ObjectNode body = head(answer, id);
        body.putArray("choices").addObject().put("index", 0).put("text", text).putNull("logprobs").putNull("finish_reason");
        return body;
    }

    private static ObjectNode head(SyntheticAnswer answer, String id) {
        return Composer.object().put("id", "cmpl-" + id).put("object", "text_completion").put("created", answer.created().getEpochSecond())
                .put("model", answer.model());
    }
}
