package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's chat completions.
 *
 * @param includeUsage what the request says of a last chunk with the usage
 */
record ChatComposer(JsonValue includeUsage) implements Composer {

    private static final int MOST_THOUGHTS = 100;
    private static final List<String> CONTENT = List.of("content");

    @Override
    public ObjectNode whole(SyntheticAnswer answer, String id) {
        ObjectNode body = head(answer, id, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant").put("content", answer.text()).putNull("refusal");
        answer.thinking().ifPresent(thinking -> thinking.fields().forEach(field -> message.put(field, thinking.text())));
        choice.putNull("logprobs").put("finish_reason", "stop");
        if (answer.usage().total().isPresent()) {
            OpenAiUsage.CHAT.write(body.putObject("usage"), answer.usage());
        }
        return body;
    }

    @Override
    public List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces) {
        List<Event> events = new ArrayList<>();
        ObjectNode first = chunk(answer, id);
        delta(first).put("role", "assistant").put("content", "");
        events.add(new Event("", open(first)));
        answer.thinking().ifPresent(thinking -> WordPieces.of(thinking.text(), MOST_THOUGHTS)
                .forEach(piece -> events.add(says(answer, id, thinking.fields(), piece))));
        pieces.stream().flatMap(List::stream).forEach(piece -> events.add(says(answer, id, CONTENT, piece)));
        ObjectNode last = chunk(answer, id);
        delta(last);
        choice(last).put("finish_reason", "stop");
        events.add(new Event("", last));
        if (includeUsage.is(JsonValue.Kind.TRUE)) {
            events.add(new Event("", usage(answer, id)));
        }
        return events;
    }

    private Event says(SyntheticAnswer answer, String id, List<String> fields, String piece) {
        ObjectNode chunk = chunk(answer, id);
        ObjectNode delta = delta(chunk);
        fields.forEach(field -> delta.put(field, piece));
        return new Event("", open(chunk));
    }

    private ObjectNode chunk(SyntheticAnswer answer, String id) {
        ObjectNode chunk = head(answer, id, "chat.completion.chunk");
        chunk.putArray("choices").addObject().put("index", 0);
        return includeUsage.is(JsonValue.Kind.TRUE) ? chunk.putNull("usage") : chunk;
    }

    private static ObjectNode choice(ObjectNode chunk) {
        return (ObjectNode) chunk.get("choices").get(0);
    }

    private static ObjectNode delta(ObjectNode chunk) {
        return choice(chunk).putObject("delta");
    }

    private static ObjectNode open(ObjectNode chunk) {
        choice(chunk).putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode usage(SyntheticAnswer answer, String id) {
        ObjectNode chunk = head(answer, id, "chat.completion.chunk");
        chunk.putArray("choices");
        OpenAiUsage.CHAT.write(chunk.putObject("usage"), answer.usage());
        return chunk;
    }

    private static ObjectNode head(SyntheticAnswer answer, String id, String object) {
        return Composer.object().put("id", "chatcmpl-" + id).put("object", object).put("created", answer.created().getEpochSecond())
                .put("model", answer.model());
    }
}
