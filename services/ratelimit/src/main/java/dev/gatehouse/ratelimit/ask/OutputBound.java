package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.json.JsonValue;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How long an answer may get, by the request's own words.
 *
 * @param most    the most tokens of all its choices together; empty where the request says nothing
 * @param answers how many choices it asks for; 0 where no text is generated (embeddings, counting)
 */
public record OutputBound(OptionalLong most, long answers) {

    /** No text is generated. */
    public static final OutputBound NONE = new OutputBound(OptionalLong.of(0), 0);
    /** Nothing is known. */
    public static final OutputBound UNKNOWN = new OutputBound(OptionalLong.empty(), 1);

    /** More than any model writes; keeps products small. */
    private static final long MOST = 1_000_000_000;
    private static final long MOST_ANSWERS = 1_000;

    static OutputBound of(LlmRequest request) {
        JsonValue root = request.root();
        return switch (request.format()) {
            case OPENAI_CHAT -> of(answers(root.get("n")), root.get("max_tokens"), root.get("max_completion_tokens"));
            case OPENAI_COMPLETIONS -> of(prompts(root.get("prompt")) * Math.max(answers(root.get("n")), answers(root.get("best_of"))), root.get("max_tokens"));
            case OPENAI_RESPONSES -> of(1, root.get("max_output_tokens"));
            case ANTHROPIC_MESSAGES -> of(1, root.get("max_tokens"));
            case GEMINI_GENERATE -> gemini(root);
            case BEDROCK_CONVERSE -> of(1, root.get("inferenceConfig").get("maxTokens"));
            case OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS, COHERE_EMBED, MCP -> NONE;
        };
    }

    private static OutputBound gemini(JsonValue root) {
        JsonValue camel = root.get("generationConfig");
        JsonValue snake = root.get("generation_config");
        return of(Math.max(answers(camel.get("candidateCount")), answers(snake.get("candidate_count"))),
                camel.get("maxOutputTokens"), camel.get("max_output_tokens"), snake.get("max_output_tokens"), snake.get("maxOutputTokens"));
    }

    /** Where a request says it twice, the larger holds: which one the provider reads is its own business. */
    private static OutputBound of(long answers, JsonValue... bounds) {
        OptionalLong each = Arrays.stream(bounds).map(JsonValue::integer).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong)
                .filter(bound -> bound >= 0).max();
        long choices = Math.min(answers, MOST_ANSWERS);
        return new OutputBound(each.isEmpty() ? each : OptionalLong.of(Math.min(each.getAsLong(), MOST) * choices), choices);
    }

    private static long answers(JsonValue number) {
        return Math.clamp(number.integer().orElse(1), 1, MOST_ANSWERS);
    }

    /** A list of texts, or of lists of token ids, is a batch of prompts. */
    private static long prompts(JsonValue prompt) {
        long texts = 0;
        for (JsonValue element : prompt.elements()) {
            texts += element.is(JsonValue.Kind.NUMBER) ? 0 : 1;
        }
        return Math.clamp(texts, 1, MOST_ANSWERS);
    }
}
