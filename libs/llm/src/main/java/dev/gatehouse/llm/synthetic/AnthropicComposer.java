package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages. */
record AnthropicComposer() implements Composer {

    @Override
    public ObjectNode whole(SyntheticAnswer answer, String id) {
        ObjectNode message = head(answer, id);
        answer.texts().forEach(text -> message.withArray("content").addObject().put("type", "text").put("text", text));
        stop(message, answer);
        usage(message.putObject("usage"), answer.usage(), answer.usage().output().orElse(0));
        return message;
    }

    @Override
    public List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces) {
        List<Event> events = new ArrayList<>();
        events.add(start(answer, id));
        for (int index = 0; index < pieces.size(); index++) {
            block(index, pieces.get(index), events);
        }
        ObjectNode delta = typed("message_delta");
        stop(delta.putObject("delta"), answer);
        usage(delta.putObject("usage"), answer.usage(), answer.usage().output().orElse(0));
        events.add(new Event("message_delta", delta));
        events.add(new Event("message_stop", typed("message_stop")));
        return events;
    }

    private static Event start(SyntheticAnswer answer, String id) {
        ObjectNode message = head(answer, id);
        message.putNull("stop_reason").putNull("stop_sequence");
        usage(message.putObject("usage"), answer.usage(), 0);
        ObjectNode event = typed("message_start");
        event.set("message", message);
        return new Event("message_start", event);
    }

    private static void block(int index, List<String> pieces, List<Event> events) {
        ObjectNode start = typed("content_block_start").put("index", index);
        start.putObject("content_block").put("type", "text").put("text", "");
        events.add(new Event("content_block_start", start));
        for (String piece : pieces) {
            ObjectNode delta = typed("content_block_delta").put("index", index);
            delta.putObject("delta").put("type", "text_delta").put("text", piece);
            events.add(new Event("content_block_delta", delta));
        }
        events.add(new Event("content_block_stop", typed("content_block_stop").put("index", index)));
    }

    private static ObjectNode head(SyntheticAnswer answer, String id) {
        ObjectNode message = typed("message").put("id", "msg_" + id).put("role", "assistant").put("model", answer.model());
        message.putArray("content");
        return message;
    }

    private static ObjectNode typed(String type) {
        return Composer.object().put("type", type);
    }

    private static void stop(ObjectNode into, SyntheticAnswer answer) {
        into.put("stop_reason", answer.stopSequence().isPresent() ? "stop_sequence" : "end_turn").put("stop_sequence", answer.stopSequence().orElse(null));
    }

    /** Input without what a cache has read. */
    private static void usage(ObjectNode into, Usage usage, long output) {
        long read = usage.cacheRead().orElse(0);
        into.put("input_tokens", Math.max(0, usage.input().orElse(0) - read)).put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", read).put("output_tokens", output);
    }
}
