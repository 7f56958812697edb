package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a model costs, for each million tokens; 0 to 1,000,000, exact to 9 decimals.
 *
 * @param input       input tokens
 * @param output      output tokens
 * @param cachedInput input tokens read from the provider's cache; as input when absent
 * @param cacheWrite  input tokens written into the provider's cache; as input when absent
 * @param reasoning   output tokens of reasoning; as output when absent
 * @param audioInput  input tokens of audio; as input when absent
 * @param audioOutput output tokens of audio; as output when absent
 */
public record Price(
        @Required @Min(0) @Max(1e6) BigDecimal input, @Required @Min(0) @Max(1e6) BigDecimal output, @Min(0) @Max(1e6) Optional<BigDecimal> cachedInput,
        @Min(0) @Max(1e6) Optional<BigDecimal> cacheWrite, @Min(0) @Max(1e6) Optional<BigDecimal> reasoning, @Min(0) @Max(1e6) Optional<BigDecimal> audioInput,
        @Min(0) @Max(1e6) Optional<BigDecimal> audioOutput) {

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    public Price {
        check("input", InvalidField.required("input", input));
        check("output", InvalidField.required("output", output));
        cachedInput.ifPresent(price -> check("cachedInput", price));
        cacheWrite.ifPresent(price -> check("cacheWrite", price));
        reasoning.ifPresent(price -> check("reasoning", price));
        audioInput.ifPresent(price -> check("audioInput", price));
        audioOutput.ifPresent(price -> check("audioOutput", price));
    }

    private static void check(String field, BigDecimal price) {
        boolean fits = price.signum() >= 0 && price.compareTo(MOST) <= 0 && price.stripTrailingZeros().scale() <= 9;
        InvalidField.check(fits, field, "must be 0 to 1000000, with at most 9 decimals");
    }
}
