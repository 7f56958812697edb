package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.llm.Usage;

/**
 * Tokens that an exchange used, or is expected to.
 *
 * @param input       all input tokens
 * @param output      all output tokens
 * @param cached      of the input, read from the provider's cache
 * @param cacheWrite  of the input, written into the provider's cache
 * @param reasoning   of the output
 * @param audioInput  of the input
 * @param audioOutput of the output
 */
public record TokenUse(long input, long output, long cached, long cacheWrite, long reasoning, long audioInput, long audioOutput) {

    public static final TokenUse NONE = of(0, 0);

    /** No model reads or writes as much; sums and products stay exact. */
    private static final long MOST = 1_000_000_000;

    public TokenUse {
        input = bounded(input);
        output = bounded(output);
        cached = Math.min(bounded(cached), input);
        cacheWrite = Math.min(bounded(cacheWrite), input - cached);
        audioInput = Math.min(bounded(audioInput), input - cached - cacheWrite);
        reasoning = Math.min(bounded(reasoning), output);
        audioOutput = Math.min(bounded(audioOutput), output - reasoning);
    }

    public static TokenUse of(long input, long output) {
        return new TokenUse(input, output, 0, 0, 0, 0, 0);
    }

    /** With the parts that a provider tells; what it does not say is 0. */
    public static TokenUse of(long input, long output, Usage usage) {
        return new TokenUse(input, output, usage.cacheRead().orElse(0), usage.cacheWrite().orElse(0), usage.reasoning().orElse(0),
                usage.audioInput().orElse(0), usage.audioOutput().orElse(0));
    }

    public long total() {
        return input + output;
    }

    private static long bounded(long tokens) {
        return Math.clamp(tokens, 0, MOST);
    }
}
