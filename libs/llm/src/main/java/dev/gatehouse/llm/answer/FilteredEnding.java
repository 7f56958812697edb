package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** A format's own ending of a stream whose answer was filtered; sees each event that the client got, to end what they began. */
interface FilteredEnding {

    /** An event of a stream; the name is empty where the framing has none. */
    record Event(String name, ObjectNode data) {}

    void passed(JsonValue root);

    List<Event> events(Usage usage);

    /** Empty for formats whose streams have no such ending. */
    static Optional<FilteredEnding> of(Format format) {
        return switch (format) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS -> Optional.of(new ChatEnding());
            case OPENAI_RESPONSES -> Optional.of(new ResponsesEnding());
            case ANTHROPIC_MESSAGES -> Optional.of(new AnthropicEnding());
            case GEMINI_GENERATE -> Optional.of(new GeminiEnding());
            case BEDROCK_CONVERSE -> Optional.of(new BedrockEnding());
            case OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS, COHERE_EMBED, MCP -> Optional.empty();
        };
    }
}
