package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What is reserved for an answer that is not there yet.
 *
 * @param output  how the answer's length is guessed; Learned by default
 * @param tokens  with Fixed: what is reserved; else where a request says nothing of the answer's length and nothing is learned yet. 1 to
 *                10,000,000; 1,024 by default
 * @param minimum the least that Learned reserves, 1 to 10,000,000; 16 by default
 */
@ValidationRule(value = "self.output != 'Fixed' || has(self.tokens)", fieldPath = ".tokens", message = "is required with output: Fixed")
@ValidationRule(value = "!has(self.minimum) || self.output == 'Learned'", fieldPath = ".minimum", message = "is only for output: Learned")
public record Estimate(@Default("Learned") Output output, @Min(1) @Max(10000000) Integer tokens, @Min(1) @Max(10000000) Integer minimum) {

    /** How the answer's length is guessed. */
    public enum Output {
        /** What the request allows at most ({@code max_tokens} and the like, times {@code n}). */ MaxTokens,
        /** Always the same, or what the request allows if that is less. */ Fixed,
        /** What 9 of 10 answers of the key and model stayed below lately, at most what the request allows. */ Learned
    }

    public static final Estimate DEFAULT = new Estimate(null, null, null);

    private static final int MAX_TOKENS = 10_000_000;

    public Estimate {
        output = output == null ? Output.Learned : output;
        InvalidField.check(output != Output.Fixed || tokens != null, "tokens", "is required with output: Fixed");
        InvalidField.check(minimum == null || output == Output.Learned, "minimum", "is only for output: Learned");
        tokens = tokens == null ? Integer.valueOf(1024) : tokens;
        minimum = minimum == null ? Integer.valueOf(16) : minimum;
        InvalidField.check(tokens >= 1 && tokens <= MAX_TOKENS, "tokens", "must be 1 to " + MAX_TOKENS);
        InvalidField.check(minimum >= 1 && minimum <= MAX_TOKENS, "minimum", "must be 1 to " + MAX_TOKENS);
    }
}
