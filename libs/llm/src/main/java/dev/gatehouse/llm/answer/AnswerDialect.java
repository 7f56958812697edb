package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.json.JsonValue;
import java.util.Optional;

/** Where the answers of a format have their growing texts. Texts that come whole, wherever they stand, are found by its shape. */
interface AnswerDialect {

    /** Reads one event or body. */
    void read(JsonValue root, Marks marks);

    /** Whether texts come again as a whole at their end. */
    default boolean repeats() {
        return false;
    }

    /**
     * An event that adds to a text.
     *
     * @param last the event that added to it last
     */
    ObjectNode delta(Strand strand, JsonValue last, String text);

    /** Empty for formats whose answers have no growing text. */
    static Optional<AnswerDialect> of(Format format) {
        return switch (format) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS -> Optional.of(new ChatAnswers());
            case OPENAI_RESPONSES -> Optional.of(new ResponsesAnswers());
            case ANTHROPIC_MESSAGES -> Optional.of(new AnthropicAnswers());
            case GEMINI_GENERATE -> Optional.of(new GeminiAnswers());
            case BEDROCK_CONVERSE -> Optional.of(new BedrockAnswers());
            case OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS, COHERE_EMBED, MCP -> Optional.empty();
        };
    }
}
