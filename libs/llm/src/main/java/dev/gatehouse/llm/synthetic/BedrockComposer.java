package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import java.util.ArrayList;
import java.util.List;

/** Bedrock's Converse. It has no id and names no model. */
record BedrockComposer() implements Composer {

    @Override
    public ObjectNode whole(SyntheticAnswer answer, String id) {
        ObjectNode body = Composer.object();
        ObjectNode message = body.putObject("output").putObject("message").put("role", "assistant");
        answer.texts().forEach(text -> message.withArray("content").addObject().put("text", text));
        body.put("stopReason", stop(answer));
        return metadata(body, answer.usage());
    }

    @Override
    public List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces) {
        List<Event> events = new ArrayList<>();
        events.add(new Event("messageStart", Composer.object().put("role", "assistant")));
        for (int index = 0; index < pieces.size(); index++) {
            block(index, pieces.get(index), events);
        }
        events.add(new Event("messageStop", Composer.object().put("stopReason", stop(answer))));
        events.add(new Event("metadata", metadata(Composer.object(), answer.usage())));
        return events;
    }

    private static void block(int index, List<String> pieces, List<Event> events) {
        for (String piece : pieces) {
            ObjectNode delta = Composer.object().put("contentBlockIndex", index);
            delta.putObject("delta").put("text", piece);
            events.add(new Event("contentBlockDelta", delta));
        }
        events.add(new Event("contentBlockStop", Composer.object().put("contentBlockIndex", index)));
    }

    private static String stop(SyntheticAnswer answer) {
        return answer.stopSequence().isPresent() ? "stop_sequence" : "end_turn";
    }

    /** {@code inputTokens} leaves out what a cache has read. */
    private static ObjectNode metadata(ObjectNode into, Usage usage) {
        long read = usage.cacheRead().orElse(0);
        into.putObject("usage").put("inputTokens", Math.max(0, usage.input().orElse(0) - read)).put("outputTokens", usage.output().orElse(0))
                .put("totalTokens", usage.total().orElse(0)).put("cacheReadInputTokens", read).put("cacheWriteInputTokens", 0);
        into.putObject("metrics").put("latencyMs", 0);
        return into;
    }
}
