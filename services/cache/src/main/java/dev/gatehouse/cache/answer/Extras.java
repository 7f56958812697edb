package dev.gatehouse.cache.answer;

import dev.gatehouse.cache.answer.Recorded.Why;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.ResponseDocument;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.synthetic.Thinking;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What an answer has beside its text. */
final class Extras {

    private static final Set<PartKind> SAID = EnumSet.of(PartKind.TEXT, PartKind.REASONING, PartKind.REFUSAL);
    private static final Set<PartKind> OF_TOOLS = EnumSet.of(PartKind.TOOL_ARGUMENTS, PartKind.TOOL_RESULT);

    private final Format format;
    private Optional<Why> why = Optional.empty();
    private Optional<String> stopSequence = Optional.empty();
    private final Set<String> plainThoughts = new TreeSet<>();
    private boolean sealedThoughts;

    Extras(Format format) {
        this.format = format;
    }

    /** Looks at the body, or at one event. */
    void see(JsonDocument document) {
        JsonValue root = document.root();
        stopSequence = root.get("stop_sequence").string().or(() -> root.get("delta").get("stop_sequence").string()).or(() -> stopSequence);
        plainThoughts(root.get("choices").at(0));
        sealedThoughts |= hasSealedThoughts(root);
        if (why.isEmpty()) {
            why = hasSources(root) ? Optional.of(Why.more_than_text) : look(document);
        }
    }

    private Optional<Why> look(JsonDocument document) {
        try {
            ResponseDocument response = ResponseDocument.of(format, document);
            if (!response.uninspectable().isEmpty()) {
                return Optional.of(Why.media);
            }
            Set<PartKind> kinds = EnumSet.noneOf(PartKind.class);
            response.parts().forEach(part -> kinds.add(part.kind()));
            kinds.removeAll(SAID);
            return kinds.isEmpty() ? Optional.empty() : Optional.of(kinds.stream().anyMatch(OF_TOOLS::contains) ? Why.tool_call : Why.more_than_text);
        } catch (MalformedJson e) {
            return Optional.of(Why.malformed);
        }
    }

    /** Where the answer names its sources, in fields that hold no text of the model. */
    private static boolean hasSources(JsonValue root) {
        JsonValue candidate = root.get("candidates").at(0);
        String type = root.get("type").string().orElse("");
        return Stream.of(root.get("citations"), root.get("search_results"), root.get("delta").get("citation"), candidate.get("groundingMetadata"),
                        candidate.get("citationMetadata"), candidate.get("urlContextMetadata")).anyMatch(JsonValue::isPresent)
                || type.endsWith(".annotation.added");
    }

    /** The spellings of thoughts that any client of OpenAI's chat reads. */
    private void plainThoughts(JsonValue choice) {
        for (String field : List.of("reasoning_content", "reasoning")) {
            if (Stream.of("message", "delta").anyMatch(place -> choice.get(place).get(field).string().filter(text -> !text.isEmpty()).isPresent())) {
                plainThoughts.add(field);
            }
        }
    }

    /** Thoughts of which only their provider can make anything, wherever a format has them. */
    private static boolean hasSealedThoughts(JsonValue root) {
        Stream<JsonValue> blocks = Stream.of(root.get("content"), root.get("output"), root.get("response").get("output"), root.get("output").get("message").get("content"))
                .flatMap(list -> StreamSupport.stream(list.elements().spliterator(), false));
        JsonValue choice = root.get("choices").at(0);
        return Stream.concat(blocks, Stream.of(root.get("content_block"), root.get("item"), root.get("delta"))).anyMatch(Extras::isSealed)
                || Stream.of("message", "delta").anyMatch(place -> choice.get(place).get("reasoning_details").isPresent());
    }

    private static boolean isSealed(JsonValue block) {
        return block.get("type").string().orElse("").equals("redacted_thinking") || block.get("encrypted_content").isPresent()
                || block.get("reasoningContent").get("redactedContent").isPresent();
    }

    /** Why the answer cannot be kept, if so. */
    Optional<Why> why(LlmResponse response) {
        boolean isShown = !response.text(0, PartKind.REASONING).isEmpty() && plainThoughts.isEmpty();
        return why.or(() -> sealedThoughts || isShown ? Optional.of(Why.thinking) : Optional.empty());
    }

    /** Thoughts that another client can be shown. */
    Optional<Thinking> thinking(LlmResponse response) {
        return plainThoughts.isEmpty() ? Optional.empty() : Optional.of(new Thinking(List.copyOf(plainThoughts), response.text(0, PartKind.REASONING)));
    }

    /** Which of the request's stop sequences ended it. */
    Optional<String> stopSequence() {
        return stopSequence;
    }
}
