package dev.gatehouse.llm;

import java.util.OptionalLong;

/**
 * Tokens that a provider says it used. Empty where it does not say.
 *
 * @param input      all input tokens, cached ones included (OpenTelemetry {@code gen_ai.usage.input_tokens})
 * @param output     all output tokens, reasoning included
 * @param cacheRead  input tokens read from a cache, part of {@code input}
 * @param cacheWrite input tokens written into a cache, part of {@code input}
 * @param reasoning  output tokens of reasoning, part of {@code output}
 * @param audioInput  input tokens of audio, part of {@code input}
 * @param audioOutput output tokens of audio, part of {@code output}
 */
public record Usage(
        OptionalLong input, OptionalLong output, OptionalLong cacheRead, OptionalLong cacheWrite, OptionalLong reasoning,
        OptionalLong audioInput, OptionalLong audioOutput) {

    /** Nothing said. */
    public static Usage none() {
        OptionalLong none = OptionalLong.empty();
        return new Usage(none, none, none, none, none, none, none);
    }

    /** Input and output together, if either is known. */
    public OptionalLong total() {
        return input.isEmpty() && output.isEmpty() ? OptionalLong.empty() : OptionalLong.of(input.orElse(0) + output.orElse(0));
    }
}
