package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Usage as it comes in: later events of a stream say a number again or say another one; the last of each holds. */
final class UsageFields {

    private enum Field { INPUT, OUTPUT, CACHE_READ, CACHE_WRITE, REASONING, AUDIO_INPUT, AUDIO_OUTPUT, TOOL_INPUT }

    private final Map<Field, Long> fields = new EnumMap<>(Field.class);
    private boolean inputExcludesCache;
    private boolean outputExcludesReasoning;

    /** OpenAI and all who speak its formats: Mistral, Groq, DeepSeek, OpenRouter, Azure, vLLM. */
    void openAi(JsonValue usage) {
        first(Field.INPUT, usage.get("prompt_tokens"), usage.get("input_tokens"));
        first(Field.OUTPUT, usage.get("completion_tokens"), usage.get("output_tokens"));
        JsonValue in = present(usage.get("prompt_tokens_details"), usage.get("input_tokens_details"));
        JsonValue out = present(usage.get("completion_tokens_details"), usage.get("output_tokens_details"));
        first(Field.CACHE_READ, in.get("cached_tokens"), usage.get("prompt_cache_hit_tokens"), usage.get("num_cached_tokens"),
                usage.get("cached_tokens"));
        first(Field.CACHE_WRITE, in.get("cache_write_tokens"));
        first(Field.REASONING, out.get("reasoning_tokens"));
        first(Field.AUDIO_INPUT, in.get("audio_tokens"));
        first(Field.AUDIO_OUTPUT, out.get("audio_tokens"));
    }

    /** Anthropic counts input without what caches read and wrote. */
    void anthropic(JsonValue usage) {
        inputExcludesCache = true;
        first(Field.INPUT, usage.get("input_tokens"));
        first(Field.OUTPUT, usage.get("output_tokens"));
        first(Field.CACHE_READ, usage.get("cache_read_input_tokens"));
        first(Field.CACHE_WRITE, usage.get("cache_creation_input_tokens"));
        first(Field.REASONING, usage.get("output_tokens_details").get("thinking_tokens"));
    }

    /** Bedrock Converse, as Anthropic: {@code inputTokens} leaves caches out. */
    void bedrock(JsonValue usage) {
        inputExcludesCache = true;
        first(Field.INPUT, usage.get("inputTokens"));
        first(Field.OUTPUT, usage.get("outputTokens"));
        first(Field.CACHE_READ, usage.get("cacheReadInputTokens"), usage.get("cacheReadInputTokenCount"));
        first(Field.CACHE_WRITE, usage.get("cacheWriteInputTokens"), usage.get("cacheWriteInputTokenCount"));
    }

    /** Gemini counts thoughts beside the candidates, and the input of its own tools beside the prompt. */
    void gemini(JsonValue usage) {
        outputExcludesReasoning = true;
        first(Field.INPUT, usage.get("promptTokenCount"));
        first(Field.OUTPUT, usage.get("candidatesTokenCount"));
        first(Field.CACHE_READ, usage.get("cachedContentTokenCount"));
        first(Field.REASONING, usage.get("thoughtsTokenCount"));
        first(Field.TOOL_INPUT, usage.get("toolUsePromptTokenCount"));
        audio(Field.AUDIO_INPUT, usage.get("promptTokensDetails"));
        audio(Field.AUDIO_OUTPUT, usage.get("candidatesTokensDetails"));
    }

    private void audio(Field field, JsonValue details) {
        for (JsonValue detail : details.elements()) {
            if (detail.get("modality").string().filter("AUDIO"::equals).isPresent()) {
                first(field, detail.get("tokenCount"));
            }
        }
    }

    /** Cohere's {@code meta}. */
    void cohere(JsonValue meta) {
        first(Field.INPUT, meta.get("tokens").get("input_tokens"), meta.get("billed_units").get("input_tokens"));
        first(Field.OUTPUT, meta.get("tokens").get("output_tokens"), meta.get("billed_units").get("output_tokens"));
    }

    private static JsonValue present(JsonValue one, JsonValue other) {
        return one.isPresent() ? one : other;
    }

    private void first(Field field, JsonValue... candidates) {
        for (JsonValue candidate : candidates) {
            OptionalLong number = candidate.integer();
            if (number.isPresent()) {
                fields.put(field, number.getAsLong());
                return;
            }
        }
    }

    Usage total() {
        return new Usage(input(), output(), get(Field.CACHE_READ), get(Field.CACHE_WRITE), get(Field.REASONING),
                get(Field.AUDIO_INPUT), get(Field.AUDIO_OUTPUT));
    }

    private OptionalLong input() {
        long cached = inputExcludesCache ? or0(Field.CACHE_READ) + or0(Field.CACHE_WRITE) : 0;
        return plus(Field.INPUT, cached + or0(Field.TOOL_INPUT));
    }

    private OptionalLong output() {
        long thoughts = outputExcludesReasoning ? or0(Field.REASONING) : 0;
        return fields.containsKey(Field.OUTPUT) || thoughts == 0 ? plus(Field.OUTPUT, thoughts) : OptionalLong.of(thoughts);
    }

    private OptionalLong plus(Field field, long more) {
        return fields.containsKey(field) ? OptionalLong.of(fields.get(field) + more) : OptionalLong.empty();
    }

    private long or0(Field field) {
        return fields.getOrDefault(field, 0L);
    }

    private OptionalLong get(Field field) {
        return plus(field, 0);
    }
}
