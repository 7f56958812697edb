package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
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
public record KeyOverride(List<String> values, Optional<BigDecimal> amount, Optional<BigDecimal> burst, Optional<Integer> concurrency) {

    public static final String ANY = "*";

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
