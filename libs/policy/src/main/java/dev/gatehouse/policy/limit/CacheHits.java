package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an answer from the cache costs, in tokens and money; it always counts as a request.
 *
 * @param charge Free by default
 * @param factor with Factor: the share of the full charge, 0 to 1
 */
@ValidationRule(value = "(self.charge == 'Factor') == has(self.factor)", fieldPath = ".factor", message = "is for charge: Factor, and required there")
public record CacheHits(@Default("Free") Charge charge, @Min(0) @Max(1) Optional<BigDecimal> factor) {

    /** How much of it. */
    public enum Charge { Free, Full, Factor }

    public static final CacheHits FREE = new CacheHits(Charge.Free, Optional.empty());

    public CacheHits {
        charge = charge == null ? Charge.Free : charge;
        InvalidField.check((charge == Charge.Factor) == factor.isPresent(), "factor", "is for charge: Factor, and required there");
        boolean inRange = factor.filter(given -> given.signum() < 0 || given.compareTo(BigDecimal.ONE) > 0).isEmpty();
        InvalidField.check(inRange, "factor", "must be 0 to 1");
    }

    /** The share of the full charge. */
    public double share() {
        return switch (charge) {
            case Free -> 0;
            case Full -> 1;
            case Factor -> factor.orElseThrow().doubleValue();
        };
    }
}
