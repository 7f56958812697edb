package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.LlmRequest;
import java.util.List;
import java.util.Optional;

/** Puts an answer into the JSON of one format. */
interface Composer {

    /** An event of a stream; the name is empty where the format's streams name none. */
    record Event(String name, ObjectNode data) {}

    ObjectNode whole(SyntheticAnswer answer, String id);

    /** @param pieces of each text of the answer, in order */
    List<Event> events(SyntheticAnswer answer, String id, List<List<String>> pieces);

    /** Empty for formats whose answers are no text. */
    static Optional<Composer> of(LlmRequest request) {
        return switch (request.format()) {
            case OPENAI_CHAT -> Optional.of(new ChatComposer(request.root().get("stream_options").get("include_usage")));
            case OPENAI_COMPLETIONS -> Optional.of(new CompletionsComposer(request.root().get("stream_options").get("include_usage")));
            case OPENAI_RESPONSES -> Optional.of(new ResponsesComposer(request.root()));
            case ANTHROPIC_MESSAGES -> Optional.of(new AnthropicComposer());
            case GEMINI_GENERATE -> Optional.of(new GeminiComposer());
            case BEDROCK_CONVERSE -> Optional.of(new BedrockComposer());
            case OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS, COHERE_EMBED, MCP -> Optional.empty();
        };
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
