package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * Which prompts are cached, within what is never cached at all.
 *
 * @param temperature    by default 0, or none named
 * @param storeAbsent    what a request of OpenAI's Responses is that does not say {@code store}: the provider then keeps its answer, so that another request can
 *                       go on from it by its id. Bypass by default
 * @param timeDependent  by default not
 * @param attachments    Bypass by default
 * @param maxPromptChars the longest prompt, all its texts together, in UTF-16 units: 1 to 10,000,000; 100,000 by default
 * @param maxTurns       the most messages before the last turn, 0 to 1,000; 16 by default
 */
public record Cacheable(
        Temperature temperature, @Default("Bypass") WhenAbsent storeAbsent, TimeDependent timeDependent, @Default("Bypass") Attachments attachments,
        @Default("100000") @Min(1) @Max(10000000) Integer maxPromptChars, @Default("16") @Min(0) @Max(1000) Integer maxTurns) {

    public static final Cacheable DEFAULT = new Cacheable(null, null, null, null, null, null);

    public Cacheable {
        temperature = temperature == null ? Temperature.DEFAULT : temperature;
        storeAbsent = storeAbsent == null ? WhenAbsent.Bypass : storeAbsent;
        timeDependent = timeDependent == null ? TimeDependent.DEFAULT : timeDependent;
        attachments = attachments == null ? Attachments.Bypass : attachments;
        maxPromptChars = maxPromptChars == null ? Integer.valueOf(100_000) : maxPromptChars;
        maxTurns = maxTurns == null ? Integer.valueOf(16) : maxTurns;
        InvalidField.check(maxPromptChars >= 1 && maxPromptChars <= 10_000_000, "maxPromptChars", "must be 1 to 10000000");
        InvalidField.check(maxTurns >= 0 && maxTurns <= 1_000, "maxTurns", "must be 0 to 1000");
    }
}
