package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Another amount for some keys.
 *
 * @param values      one for each part of the limit's key, in its order; {@code "*"} stands for any
 * @param amount      in the place of the quota's
 * @param burst       in the place of the quota's; the new amount when absent and the amount is given
 * @param concurrency in the place of the limit's
 */
@ValidationRule(value = KeyOverride.SAYS_SOMETHING, message = "must have amount, burst or concurrency")
public record KeyOverride(@Size(max = 8) List<String> values, @Min(value = 0, inclusive = false) @Max(1e12) Optional<BigDecimal> amount,
        @Min(value = 0, inclusive = false) @Max(1e12) Optional<BigDecimal> burst, @Min(1) @Max(Limit.MAX_CONCURRENCY) Optional<Integer> concurrency) {

    public static final String ANY = "*";
    static final String SAYS_SOMETHING = "has(self.amount) || has(self.burst) || has(self.concurrency)";

    public KeyOverride {
        InvalidField.check(amount.isPresent() || burst.isPresent() || concurrency.isPresent(), "", "must have amount, burst or concurrency");
    }

    public boolean matches(List<String> key) {
        boolean matches = values.size() == key.size();
        for (int i = 0; matches && i < key.size(); i++) {
            matches = values.get(i).equals(ANY) || values.get(i).equals(key.get(i));
        }
        return matches;
    }

    /** Whether it can be one of the limit's. */
    public boolean suits(Limit limit) {
        try {
            check("", limit.key().size(), limit.quota(), limit.concurrency());
            return true;
        } catch (InvalidField unsuited) {
            return false;
        }
    }

    /** Refuses what does not fit the limit. */
    public void check(String field, int parts, Optional<Quota> quota, Optional<Integer> limitConcurrency) {
        InvalidField.check(values.size() == parts, field + ".values", "must be " + parts + ", one for each part of the key; are " + values.size());
        amount.ifPresent(given -> checkAmount(field + ".amount", given, quota));
        burst.ifPresent(given -> checkAmount(field + ".burst", given, quota));
        InvalidField.check(burst.isEmpty() || quota.orElseThrow().algorithm() == Algorithm.TokenBucket, field + ".burst",
                "is only for the algorithm TokenBucket");
        InvalidField.check(concurrency.isEmpty() || limitConcurrency.isPresent() && Limit.isConcurrency(concurrency.get()), field + ".concurrency",
                "is only for a limit with concurrency, and must be 1 to 1000000");
    }

    private static void checkAmount(String field, BigDecimal amount, Optional<Quota> quota) {
        InvalidField.check(quota.isPresent(), field, "is only for a limit with a quota");
        Quota.checkAmount(field, amount, quota.orElseThrow().unit());
    }
}
