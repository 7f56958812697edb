package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.JsonPiece;
import dev.gatehouse.llm.stream.SseEvent;
import dev.gatehouse.llm.stream.Unframed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event of ours that adds what was held of texts that have ended, framed as the event in which they grew last. Texts that grew in
 * one event end in one: some providers say the same thoughts in two fields, and clients read the first that is there.
 */
record OwnEvent(Frame like, ObjectNode json) {

    static List<OwnEvent> of(List<EventEdit.Rest> rests, Optional<AnswerDialect> dialect) {
        List<OwnEvent> events = new ArrayList<>();
        for (EventEdit.Rest rest : rests) {
            LiveStrand strand = rest.strand();
            ObjectNode json = dialect.orElseThrow().delta(strand.strand(), strand.lastRoot(), rest.text());
            if (!events.isEmpty() && events.getLast().like == strand.lastFrame()) {
                merge(events.getLast().json, json);
            } else {
                events.add(new OwnEvent(strand.lastFrame(), json));
            }
        }
        return events;
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.properties().forEach(member -> {
            JsonNode known = into.get(member.getKey());
            if (known instanceof ObjectNode object && member.getValue() instanceof ObjectNode other) {
                merge(object, other);
            } else if (known instanceof ArrayNode array && member.getValue() instanceof ArrayNode others) {
                others.forEach(other -> mergeElement(array, (ObjectNode) other));
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }

    /** Choices, candidates and calls have an index, parts have none. */
    private static void mergeElement(ArrayNode into, ObjectNode more) {
        for (JsonNode known : into) {
            if (known.has("index") && known.get("index").equals(more.get("index"))) {
                merge((ObjectNode) known, more);
                return;
            }
        }
        into.add(more);
    }

    void number(long sequenceNumber) {
        json.put("sequence_number", sequenceNumber);
    }

    /** Only streams and arrays get events of our own. */
    Frame frame() {
        return switch (like) {
            case SseEvent sse -> sse.event().isEmpty() ? SseEvent.ofData(json.toString()) : SseEvent.of(sse.event(), json.toString());
            case JsonPiece piece -> new JsonPiece(new byte[] {',', '\n'}, utf8(), true);
            case AwsEvent aws -> aws.withJson(utf8());
            case Unframed unframed -> throw new IllegalStateException("no text grows in what has no frame");
        };
    }

    private byte[] utf8() {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
