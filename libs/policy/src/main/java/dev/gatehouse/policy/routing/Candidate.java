package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.util.Optional;

/**
 * What is known of a model that a policy may choose.
 *
 * @param model  as targets name it
 * @param format that it speaks; all of a policy speak one, and requests of another are left alone. Not looked at when absent
 * @param price  of a million tokens, in any currency, above 0, the same for all of the policy; needed for {@code strong.maxPrice}
 */
public record Candidate(
        @Required String model, Optional<WireFormat> format,
        @Min(value = 0, inclusive = false) @Max(value = 1e9, inclusive = false) Optional<Double> price) {

    /** Whose API a model speaks. */
    public enum WireFormat {
        /** Chat completions, completions, responses and embeddings. */ OpenAI,
        /** Messages. */ Anthropic,
        /** {@code generateContent} and {@code embedContent}, Gemini API and Vertex. */ Gemini,
        /** {@code converse}. */ Bedrock,
        /** {@code /v2/embed}. */ Cohere
    }

    public Candidate {
        InvalidField.required("model", model);
        InvalidField.check(price.isEmpty() || price.get() > 0 && price.get() < 1e9, "price", "must be above 0, and less than 1000000000");
    }
}
