package dev.gatehouse.llm.synthetic;

import dev.gatehouse.llm.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An answer in text that ended by itself, in no format.
 *
 * @param model        that gave it, as its provider names it
 * @param created      when, as the client is to read it
 * @param texts        its blocks in order, at least one; formats that have no blocks join them
 * @param stopSequence of the request, at which it ended; empty where the model came to its end
 * @param thinking     before the texts; only chat completions of OpenAI's kind say it
 * @param usage        tokens used; formats that must say something say 0 where it is empty
 */
public record SyntheticAnswer(String model, Instant created, List<String> texts, Optional<String> stopSequence, Optional<Thinking> thinking, Usage usage) {

    public SyntheticAnswer {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("an answer needs a text");
        }
    }

    /** All blocks, joined. */
    public String text() {
        return String.join("", texts);
    }

    /** Never shows a text. */
    @Override
    public String toString() {
        return "SyntheticAnswer[" + model + ", " + texts.size() + " texts]";
    }
}
