package dev.gatehouse.cache.answer;

import dev.gatehouse.cache.answer.Recorded.Why;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ResponseDocument;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.Optional;

/** What an answer has beside its text. */
final class Extras {

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
            why = look(document);
        }
    }

    private Optional<Why> look(JsonDocument document) {
        try {
            boolean media = !ResponseDocument.of(format, document).uninspectable().isEmpty();
            return media ? Optional.of(Why.media) : Optional.empty();
        } catch (MalformedJson e) {
            return Optional.of(Why.malformed);
        }
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
