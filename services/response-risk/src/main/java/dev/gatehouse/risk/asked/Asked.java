package dev.gatehouse.risk.asked;

import dev.gatehouse.llm.Format;
import java.util.List;
import java.util.Optional;

/**
 * What of a request its answer is judged by.
 *
 * @param format      what the request speaks, and so the answer; empty when not known
 * @param path        as sent, with query
 * @param rpcId       JSON text of a JSON-RPC request's id, which errors repeat; empty for other formats
 * @param systemTexts what the operator told the model: system and developer texts, within a bound
 * @param promptTexts what users and tools told it, newest last, within a bound
 * @param schema      JSON Schema that the request asks the answer to follow
 */
public record Asked(
        Optional<Format> format, String path, Optional<String> rpcId, List<String> systemTexts, List<String> promptTexts,
        Optional<String> schema) {

    public Asked {
        systemTexts = List.copyOf(systemTexts);
        promptTexts = List.copyOf(promptTexts);
    }

    /** A request of which no text is known. */
    public static Asked unread(Optional<Format> format, String path) {
        return new Asked(format, path, Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /** The newest text of users and tools; empty when there is none. */
    public String lastPrompt() {
        return promptTexts.isEmpty() ? "" : promptTexts.getLast();
    }

    /** Never shows the texts. */
    @Override
    public String toString() {
        return "Asked[" + format.map(Format::name).orElse("unknown") + "]";
    }
}
