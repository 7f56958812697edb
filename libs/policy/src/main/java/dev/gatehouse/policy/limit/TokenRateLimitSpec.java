package dev.gatehouse.policy.limit;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a token rate limit does. Every limit that matches a request applies; the request is refused if any of them is over, and then
 * nothing is taken from the others.
 *
 * @param targetRefs   1 to 16
 * @param failureMode  what a timeout or a fault of the service does; FailOpen by default. A store that is gone is no such fault, see
 *                     {@code onStateLoss}
 * @param timeout      for one decision, 1 ms to 1 min; 500 ms by default
 * @param mode         Shadow makes every limit only count what it would have refused; Enforce by default
 * @param maxBodyBytes the most of a request that is read, 1 KiB to 1 GiB; 10 MiB by default. The input tokens of a longer one are
 *                     estimated from its length, and what it says of model and {@code max_tokens} is not known: with FailClosed it is refused
 * @param identity     how the service learns who asks
 * @param settle       by what an exchange is charged in the end; Usage by default
 * @param estimate     what is reserved for an answer that is not there yet
 * @param usage        how the provider is asked for its usage
 * @param cacheHits    what an answer from the cache costs; free by default
 * @param headers      which header fields tell clients of their limits, and when
 * @param onStateLoss  how to decide while the store cannot be reached; Local by default
 * @param prices       prices of models, for limits of unit Cost
 * @param limits       1 to 64, with unique names
 */
@ValidationRule(value = TokenRateLimitSpec.COST_IS_PRICED, fieldPath = ".limits", message = "quota.unit is Cost, but spec.prices has no price")
@ValidationRule(value = "!has(self.usage) || !self.usage.includeInStreams || self.settle == 'Usage'", fieldPath = ".usage.includeInStreams",
        message = "needs settle: Usage")
@ValidationRule(value = "self.settle == 'Usage' || self.limits.all(limit, !has(limit.concurrency))", fieldPath = ".limits",
        message = "concurrency needs settle: Usage: it must see the answer's end")
public record TokenRateLimitSpec(
        @Required @Size(min = 1, max = 16) List<TargetRef> targetRefs, @Default("FailOpen") FailureMode failureMode,
        @Default("500ms") @ValidationRule(value = Schemas.UP_TO_A_MINUTE, message = "must be 1ms to 1m") Duration timeout,
        @Default("Enforce") Mode mode,
        @Default("10Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('1Ki')) >= 0 && quantity(string(self)).compareTo(quantity('1Gi')) <= 0", message = "must be 1Ki to 1Gi") ByteSize maxBodyBytes,
        IdentityBlock identity, @Default("Usage") Settlement settle, Estimate estimate, UsageOptions usage, CacheHits cacheHits, HeaderOptions headers,
        @Default("Local") OnStateLoss onStateLoss, Prices prices, @Required @Size(min = 1, max = 64) List<Limit> limits) {

    static final String COST_IS_PRICED = "self.limits.all(limit, !has(limit.quota) || limit.quota.unit != 'Cost' || has(limit.cost)) || "
            + "has(self.prices) && (has(self.prices.standard) || has(self.prices.models) && size(self.prices.models) > 0)";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(500);

    public TokenRateLimitSpec {
        failureMode = failureMode == null ? FailureMode.FailOpen : failureMode;
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        mode = mode == null ? Mode.Enforce : mode;
        maxBodyBytes = maxBodyBytes == null ? ByteSize.ofMebibytes(10) : maxBodyBytes;
        identity = identity == null ? IdentityBlock.DEFAULT : identity;
        settle = settle == null ? Settlement.Usage : settle;
        estimate = estimate == null ? Estimate.DEFAULT : estimate;
        usage = usage == null ? UsageOptions.DEFAULT : usage;
        cacheHits = cacheHits == null ? CacheHits.FREE : cacheHits;
        headers = headers == null ? HeaderOptions.DEFAULT : headers;
        onStateLoss = onStateLoss == null ? OnStateLoss.Local : onStateLoss;
        prices = prices == null ? Prices.NONE : prices;
        InvalidField.check(!targetRefs.isEmpty() && targetRefs.size() <= 16, "targetRefs", "must be 1 to 16, are " + targetRefs.size());
        InvalidField.check(Durations.within(timeout, "1ms", "1m"), "timeout", "must be 1ms to 1m");
        InvalidField.check(maxBodyBytes.bytes() >= 1024 && maxBodyBytes.bytes() <= 1 << 30, "maxBodyBytes", "must be 1Ki to 1Gi");
        InvalidField.check(!limits.isEmpty() && limits.size() <= 64, "limits", "must be 1 to 64, are " + limits.size());
        refuseEqualNames(limits);
        refuseCostWithoutPrices(limits, prices);
        refuseUsageThatNobodyReads(usage, settle);
        refuseConcurrencyWithoutAnEnd(limits, settle);
    }

    /** Whether limits cannot be kept without seeing answers. */
    public boolean needsAnswers() {
        return settle == Settlement.Usage && limits.stream().anyMatch(Limit::needsAnswers);
    }

    /** Whether charges become more exact by seeing answers. */
    public boolean readsAnswers() {
        return settle == Settlement.Usage && limits.stream().anyMatch(limit -> limit.concurrency().isPresent() || limit.isOfTokens());
    }

    private static void refuseEqualNames(List<Limit> limits) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            String name = limits.get(i).name();
            InvalidField.check(names.add(name), "limits[" + i + "].name", "is taken by another limit: " + name);
        }
    }

    private static void refuseCostWithoutPrices(List<Limit> limits, Prices prices) {
        for (int i = 0; i < limits.size(); i++) {
            boolean priced = limits.get(i).quota().filter(quota -> quota.unit() == Unit.Cost).isPresent() && limits.get(i).cost().isEmpty();
            InvalidField.check(!priced || prices.knowAny(), "limits[" + i + "].quota.unit", "is Cost, but spec.prices has no price");
        }
    }

    private static void refuseConcurrencyWithoutAnEnd(List<Limit> limits, Settlement settle) {
        for (int i = 0; i < limits.size(); i++) {
            boolean needsEnd = limits.get(i).concurrency().isPresent();
            InvalidField.check(!needsEnd || settle == Settlement.Usage, "limits[" + i + "].concurrency", "needs settle: Usage: it must see the answer's end");
        }
    }

    private static void refuseUsageThatNobodyReads(UsageOptions usage, Settlement settle) {
        InvalidField.check(!usage.includeInStreams() || settle == Settlement.Usage, "usage.includeInStreams", "needs settle: Usage");
    }
}
