package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;
import java.util.ArrayList;
import java.util.List;

/** Gemini's generateContent. */
record GeminiComposer() implements Composer {

    @Override
    public ObjectNode whole(SyntheticAnswer answer, String id) {
        return response(answer, id, answer.texts(), true);
    }

    @Override
    public List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces) {
        List<String> all = pieces.stream().flatMap(List::stream).toList();
        List<Event> events = new ArrayList<>();
        for (int at = 0; at < all.size(); at++) {
            events.add(new Event("", response(answer, id, List.of(all.get(at)), at == all.size() - 1)));
        }
        return events;
    }

    private static ObjectNode response(SyntheticAnswer answer, String id, List<String> texts, boolean ends) {
        ObjectNode response = Composer.object();
        ObjectNode candidate = response.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        texts.forEach(text -> content.withArray("parts").addObject().put("text", text));
        content.put("role", "model");
        if (ends) {
            candidate.put("finishReason", "STOP");
        }
        candidate.put("index", 0);
        if (answer.usage().total().isPresent()) {
            usage(response.putObject("usageMetadata"), answer.usage());
        }
        return response.put("modelVersion", answer.model()).put("responseId", id);
    }

    /** Thoughts are counted beside the candidates. */
    private static void usage(ObjectNode into, Usage usage) {
        long thoughts = usage.reasoning().orElse(0);
        into.put("promptTokenCount", usage.input().orElse(0)).put("candidatesTokenCount", Math.max(0, usage.output().orElse(0) - thoughts))
                .put("totalTokenCount", usage.total().orElse(0)).put("cachedContentTokenCount", usage.cacheRead().orElse(0));
        if (thoughts > 0) {
            into.put("thoughtsTokenCount", thoughts);
        }
    }
}
