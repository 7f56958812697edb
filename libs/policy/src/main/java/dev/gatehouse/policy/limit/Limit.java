package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * One limit; exactly one of {@code quota} and {@code concurrency} is given.
 *
 * @param name        DNS label, unique in the policy
 * @param key         whose use is counted together: requests with the same value of every part. None: all requests together. A part that a
 *                    request does not have counts as the empty value: those requests share one count
 * @param quota       how much in which time
 * @param concurrency requests in flight, 1 to 1,000,000
 * @param when        CEL; the limit applies only where it is true. One that fails (a missing key, say) counts as true
 * @param cost        CEL that gives what an exchange takes of the quota, in place of its unit's own measure; only for tokens and Cost
 * @param mode        Shadow makes this limit only count; as the policy when absent
 * @param overrides   other amounts for some keys, at most 1,000; the first that matches holds
 */
@ValidationRule(value = "has(self.quota) != has(self.concurrency)", message = "must have exactly one of quota, concurrency")
@ValidationRule(value = "!has(self.cost) || has(self.quota) && !(self.quota.unit in ['Requests', 'Bytes'])", fieldPath = ".cost",
        message = "is only for a quota of Tokens, InputTokens, OutputTokens or Cost")
@ValidationRule(value = Limit.VALUES_FIT, fieldPath = ".overrides", message = "values must be one for each part of the key")
@ValidationRule(value = Limit.AMOUNTS_FIT, fieldPath = ".overrides",
        message = "amount is only for a limit with a quota, and must be whole, but for Cost at most 1000000")
@ValidationRule(value = Limit.BURSTS_FIT, fieldPath = ".overrides",
        message = "burst is only for the algorithm TokenBucket, and must be whole, but for Cost at most 1000000")
@ValidationRule(value = "!has(self.overrides) || self.overrides.all(each, !has(each.concurrency) || has(self.concurrency))", fieldPath = ".overrides",
        message = "concurrency is only for a limit with concurrency")
public record Limit(
        @Required @Size(min = 1, max = 63) @Pattern(Names.LABEL_PATTERN) String name, @Size(max = 8) List<KeyPart> key, Optional<Quota> quota,
        @Min(1) @Max(MAX_CONCURRENCY) Optional<Integer> concurrency, Optional<String> when, Optional<String> cost, Optional<Mode> mode,
        @Size(max = 1000) List<KeyOverride> overrides) {

    static final String VALUES_FIT = "!has(self.overrides) || self.overrides.all(each, (has(each.values) ? size(each.values) : 0) "
            + "== (has(self.key) ? size(self.key) : 0))";
    static final String AMOUNTS_FIT = "!has(self.overrides) || self.overrides.all(each, !has(each.amount) || has(self.quota) && "
            + "(self.quota.unit == 'Cost' ? each.amount <= 1000000.0 : double(int(each.amount)) == each.amount))";
    static final String BURSTS_FIT = "!has(self.overrides) || self.overrides.all(each, !has(each.burst) || has(self.quota) && "
            + "(has(self.quota.algorithm) ? self.quota.algorithm == 'TokenBucket' : self.quota.window != 'Month') && "
            + "(self.quota.unit == 'Cost' ? each.burst <= 1000000.0 : double(int(each.burst)) == each.burst))";

    static final int MAX_CONCURRENCY = 1_000_000;

    public Limit {
        InvalidField.check(Names.isLabel(InvalidField.required("name", name)), "name", Names.LABEL_RULE);
        InvalidField.check(key.size() <= 8, "key", "has more than 8 parts");
        InvalidField.check(quota.isPresent() != concurrency.isPresent(), "", "must have exactly one of quota, concurrency");
        InvalidField.check(concurrency.isEmpty() || isConcurrency(concurrency.get()), "concurrency", "must be 1 to " + MAX_CONCURRENCY);
        boolean ofTokens = quota.filter(given -> given.unit().isOfTokens()).isPresent();
        InvalidField.check(cost.isEmpty() || ofTokens, "cost", "is only for a quota of Tokens, InputTokens, OutputTokens or Cost");
        InvalidField.check(overrides.size() <= 1000, "overrides", "are more than 1000; write a TokenRateLimitOverride");
        for (int i = 0; i < overrides.size(); i++) {
            overrides.get(i).check("overrides[" + i + "]", key.size(), quota, concurrency);
        }
    }

    /** The limit's mode in a policy of that mode: a shadowed policy shadows all its limits. */
    public Mode modeIn(Mode policyMode) {
        return policyMode == Mode.Shadow ? Mode.Shadow : mode.orElse(policyMode);
    }

    /** Whether it counts tokens or their cost. */
    public boolean isOfTokens() {
        return quota.filter(given -> given.unit().isOfTokens()).isPresent();
    }

    /** Whether what a request takes is not known before its answer has ended. */
    boolean needsAnswers() {
        return concurrency.isPresent() || cost.isPresent() || !quota.orElseThrow().unit().isKnownAtRequest();
    }

    static boolean isConcurrency(int value) {
        return value >= 1 && value <= MAX_CONCURRENCY;
    }
}
