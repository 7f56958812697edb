package dev.gatehouse.cache.answer;

import dev.gatehouse.cache.answer.Recorded.Why;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.ResponseDocument;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an answer has beside its text. */
final class Extras {

    private static final Set<PartKind> SAID = EnumSet.of(PartKind.TEXT, PartKind.REASONING, PartKind.REFUSAL);
    private static final Set<PartKind> OF_TOOLS = EnumSet.of(PartKind.TOOL_ARGUMENTS, PartKind.TOOL_RESULT);

    private final Format format;
    private Optional<Why> why = Optional.empty();
    private Optional<String> stopSequence = Optional.empty();

    Extras(Format format) {
        this.format = format;
    }

    /** Looks at the body, or at one event. */
    void see(JsonDocument document) {
        JsonValue root = document.root();
        stopSequence = root.get("stop_sequence").string().or(() -> root.get("delta").get("stop_sequence").string()).or(() -> stopSequence);
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

    /** Why the answer cannot be kept, if so. */
    Optional<Why> why() {
        return why;
    }

    /** Which of the request's stop sequences ended it. */
    Optional<String> stopSequence() {
        return stopSequence;
    }
}
