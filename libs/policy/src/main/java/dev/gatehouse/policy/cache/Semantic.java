package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * Answers for prompts that mean the same as an earlier one, in other words.
 *
 * @param enabled          true by default; false leaves the exact tier alone
 * @param maxWrongHits     wrong answers borne, as a share of all requests, 0.0001 to 0.2; 0.01 by default
 * @param maxWrongHitShare in its place: wrong answers borne, as a share of all hits
 * @param candidates       nearest entries that are looked at, 1 to 16; 4 by default
 * @param minimumCosine    entries less near are not looked at, 0 to 1; 0.8 by default
 * @param explore          the share of would-be hits that go to the model, to learn whether they would have been right; 0 to 0.5, 0.03 by
 *                         default
 * @param maxChars         the longest last turn, in UTF-16 units: 1 to 32,768; 2,000 by default. Of longer ones the exact tier alone answers
 */
@ValidationRule(value = "!has(self.maxWrongHits) || !has(self.maxWrongHitShare)", fieldPath = ".maxWrongHitShare",
        message = "is in the place of maxWrongHits: give one")
public record Semantic(
        @Default("true") Boolean enabled, @ValidationRule(value = "self >= 0.0001 && self <= 0.2", message = Semantic.RANGE) Optional<Double> maxWrongHits,
        @ValidationRule(value = "self >= 0.0001 && self <= 0.2", message = Semantic.RANGE) Optional<Double> maxWrongHitShare,
        @Default("4") @Min(1) @Max(16) Integer candidates, @Default("0.8") @Min(0) @Max(1) Double minimumCosine,
        @Default("0.03") @Min(0) @Max(0.5) Double explore, @Default("2000") @Min(1) @Max(32768) Integer maxChars) {

    public static final Semantic DEFAULT = new Semantic(null, Optional.empty(), Optional.empty(), null, null, null, null);

    private static final double DEFAULT_WRONG = 0.01;
    static final String RANGE = "must be 0.0001 to 0.2";

    public Semantic {
        enabled = enabled == null ? Boolean.TRUE : enabled;
        candidates = candidates == null ? Integer.valueOf(4) : candidates;
        minimumCosine = minimumCosine == null ? Double.valueOf(0.8) : minimumCosine;
        explore = explore == null ? Double.valueOf(0.03) : explore;
        maxChars = maxChars == null ? Integer.valueOf(2_000) : maxChars;
        InvalidField.check(maxWrongHits.isEmpty() || maxWrongHitShare.isEmpty(), "maxWrongHitShare", "is in the place of maxWrongHits: give one");
        InvalidField.check(maxWrongHits.filter(Semantic::outOfRange).isEmpty(), "maxWrongHits", RANGE);
        InvalidField.check(maxWrongHitShare.filter(Semantic::outOfRange).isEmpty(), "maxWrongHitShare", RANGE);
        InvalidField.check(candidates >= 1 && candidates <= 16, "candidates", "must be 1 to 16");
        InvalidField.check(minimumCosine >= 0 && minimumCosine <= 1, "minimumCosine", "must be 0 to 1");
        InvalidField.check(explore >= 0 && explore <= 0.5, "explore", "must be 0 to 0.5");
        InvalidField.check(maxChars >= 1 && maxChars <= 32_768, "maxChars", "must be 1 to 32768");
    }

    /** The share of wrong answers that is borne. */
    public double bound() {
        return maxWrongHitShare.or(() -> maxWrongHits).orElse(DEFAULT_WRONG);
    }

    /** Whether the bound is over hits; over all requests otherwise. */
    public boolean isOverHits() {
        return maxWrongHitShare.isPresent();
    }

    private static boolean outOfRange(double share) {
        return share < 0.0001 || share > 0.2;
    }
}
