package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's Responses. The answer says again what the request has set.
 *
 * @param request the asking request's body
 */
record ResponsesComposer(JsonValue request) implements Composer {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public ObjectNode whole(SyntheticAnswer answer, String id) {
        ObjectNode response = response(answer, id, "completed");
        response.withArray("output").add(message(id, "completed", answer.texts()));
        if (answer.usage().total().isPresent()) {
            OpenAiUsage.RESPONSES.write(response.putObject("usage"), answer.usage());
        }
        return response;
    }

    @Override
    public List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces) {
        Numbered events = new Numbered();
        events.add("response.created").set("response", response(answer, id, "in_progress"));
        events.add("response.in_progress").set("response", response(answer, id, "in_progress"));
        events.add("response.output_item.added").put("output_index", 0).set("item", message(id, "in_progress", List.of()));
        for (int index = 0; index < pieces.size(); index++) {
            part(id, index, answer.texts().get(index), pieces.get(index), events);
        }
        events.add("response.output_item.done").put("output_index", 0).set("item", message(id, "completed", answer.texts()));
        events.add("response.completed").set("response", whole(answer, id));
        return events.all;
    }

    /** The events so far; each has its number. */
    private static final class Numbered {
        private final List<Event> all = new ArrayList<>();

        ObjectNode add(String type) {
            ObjectNode event = Composer.object().put("type", type).put("sequence_number", all.size());
            all.add(new Event(type, event));
            return event;
        }

        ObjectNode ofPart(String type, String id, int index) {
            return add(type).put("item_id", "msg_" + id).put("output_index", 0).put("content_index", index);
        }
    }

    private static void part(String id, int index, String text, List<String> pieces, Numbered events) {
        events.ofPart("response.content_part.added", id, index).set("part", text(""));
        for (String piece : pieces) {
            events.ofPart("response.output_text.delta", id, index).put("delta", piece).putArray("logprobs");
        }
        events.ofPart("response.output_text.done", id, index).put("text", text).putArray("logprobs");
        events.ofPart("response.content_part.done", id, index).set("part", text(text));
    }

    private ObjectNode response(SyntheticAnswer answer, String id, String status) {
        ObjectNode response = Composer.object().put("id", "resp_" + id).put("object", "response")
                .put("created_at", answer.created().getEpochSecond()).put("status", status).putNull("error").putNull("incomplete_details");
        echo(response, "instructions max_output_tokens", "null");
        response.put("model", answer.model()).putArray("output");
        echo(response, "parallel_tool_calls", "true");
        echo(response, "previous_response_id reasoning", "null");
        response.put("store", false);
        echo(response, "temperature top_p", "1.0");
        echo(response, "text", "{\"format\":{\"type\":\"text\"}}");
        echo(response, "tool_choice", "\"auto\"");
        echo(response, "tools", "[]");
        echo(response, "truncation", "\"disabled\"");
        response.putNull("usage");
        echo(response, "user", "null");
        echo(response, "metadata", "{}");
        return response;
    }

    private void echo(ObjectNode into, String names, String otherwise) {
        for (String name : names.split(" ")) {
            JsonValue said = request.get(name);
            boolean isSaid = !said.is(JsonValue.Kind.MISSING) && !said.is(JsonValue.Kind.NULL);
            into.set(name, tree(isSaid ? said.raw() : otherwise, said));
        }
    }

    private static JsonNode tree(String raw, JsonValue said) {
        try {
            return JSON.readTree(said.is(JsonValue.Kind.STRING) ? "\"" + raw + "\"" : raw);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a parsed request is no JSON");
        }
    }

    private static ObjectNode message(String id, String status, List<String> texts) {
        ObjectNode message = Composer.object().put("id", "msg_" + id).put("type", "message").put("status", status).put("role", "assistant");
        message.putArray("content");
        texts.forEach(text -> message.withArray("content").add(text(text)));
        return message;
    }

    private static ObjectNode text(String text) {
        ObjectNode part = Composer.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }
}
