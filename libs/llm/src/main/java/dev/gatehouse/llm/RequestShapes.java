package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;

/** The shape of each format's request body. */
final class RequestShapes {

    private RequestShapes() {}

    static ShapeWalk.Found walk(Format format, JsonValue root) throws MalformedJson {
        return ShapeWalk.walk(of(format), Role.USER, root);
    }

    private static Shape of(Format format) {
        return switch (format) {
            case OPENAI_CHAT -> OpenAiShapes.CHAT;
            case OPENAI_COMPLETIONS -> OpenAiShapes.COMPLETIONS;
            case OPENAI_EMBEDDINGS -> OpenAiShapes.EMBEDDINGS;
            case OPENAI_RESPONSES -> ResponsesShapes.REQUEST;
            case ANTHROPIC_MESSAGES -> AnthropicShapes.REQUEST;
            case GEMINI_GENERATE -> GeminiShapes.GENERATE;
            case GEMINI_EMBEDDINGS -> GeminiShapes.EMBEDDINGS;
            case BEDROCK_CONVERSE -> BedrockShapes.CONVERSE;
            case COHERE_EMBED -> CohereShapes.EMBED;
            case MCP -> McpShapes.MESSAGE;
        };
    }
}
