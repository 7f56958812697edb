package dev.gatehouse.router.decide;

import dev.gatehouse.llm.Format;
import dev.gatehouse.policy.routing.Candidate.WireFormat;
import java.util.Optional;

/** Whose API a request speaks. */
final class WireFormats {

    private WireFormats() {}

    static Optional<WireFormat> of(Format format) {
        return Optional.ofNullable(switch (format) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> WireFormat.OpenAI;
            case ANTHROPIC_MESSAGES -> WireFormat.Anthropic;
            case GEMINI_GENERATE, GEMINI_EMBEDDINGS -> WireFormat.Gemini;
            case BEDROCK_CONVERSE -> WireFormat.Bedrock;
            case COHERE_EMBED -> WireFormat.Cohere;
            case MCP -> null;
        });
    }
}
