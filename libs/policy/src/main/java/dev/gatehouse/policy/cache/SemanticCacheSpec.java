package dev.gatehouse.policy.cache;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import dev.gatehouse.policy.limit.Prices;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a semantic cache does.
 *
 * @param targetRefs           1 to 16
 * @param failureMode          what a fault of the service does; FailOpen by default: the request goes on to the model
 * @param timeout              for the look-up, 1 ms to 1 min; 200 ms by default. A look-up that takes longer is a miss
 * @param mode                 Shadow looks up and measures, but every request goes on to the model; Enforce by default
 * @param maxBodyBytes         the most of a request that is read, and of an answer that is recorded, 1 KiB to 64 MiB; 4 MiB by default
 * @param identity             how the service learns who asks
 * @param scope                who may read whose answers; Consumer by default
 * @param ttl                  how long an answer is served, 1 s to 30 days; 1 h by default
 * @param staleWhileRevalidate serves expired answers while a new one is fetched, past all inspection; not by default
 * @param singleFlight         makes one call for equal prompts at the same time; not by default
 * @param semantic             the tier of prompts in other words; on by default, with 1 % wrong answers of all requests at most
 * @param capacity             how much is kept of each tenant
 * @param cacheable            which prompts are cached
 * @param onUnguarded          what becomes of prompts that no guard has judged clean; Consumer by default
 * @param requireInspection    whether an answer is kept only if response-risk has let it pass; false by default
 * @param expose               whether {@code x-gatehouse-cache} and {@code age} tell the client; false by default: they tell whether
 *                             a neighbour has asked the same
 * @param clientControl        whether a client's {@code cache-control} counts; Honour by default
 * @param prices               of models, in any one currency, to tell what the cache saves; of these only input and output count
 */
@ValidationRule(value = "!has(self.staleWhileRevalidate) || !self.requireInspection", fieldPath = ".staleWhileRevalidate",
        message = "cannot be with requireInspection: what its backend answers passes no inspection")
public record SemanticCacheSpec(
        @Required @Size(min = 1, max = 16) List<TargetRef> targetRefs, @Default("FailOpen") FailureMode failureMode,
        @Default("200ms") @ValidationRule(value = Schemas.UP_TO_A_MINUTE, message = "must be 1ms to 1m") Duration timeout,
        @Default("Enforce") Mode mode,
        @Default("4Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('1Ki')) >= 0 && quantity(string(self)).compareTo(quantity('64Mi')) <= 0", message = "must be 1Ki to 64Mi") ByteSize maxBodyBytes,
        IdentityBlock identity, @Default("Consumer") CacheScope scope,
        @Default("1h") @ValidationRule(value = "duration(self) >= duration('1s') && duration(self) <= duration('720h')", message = "must be 1s to 720h") Duration ttl,
        Optional<StaleWhileRevalidate> staleWhileRevalidate, Optional<SingleFlight> singleFlight, Semantic semantic, Capacity capacity,
        Cacheable cacheable, @Default("Consumer") OnUnguarded onUnguarded, @Default("false") Boolean requireInspection,
        @Default("false") Boolean expose, @Default("Honour") ClientControl clientControl, Prices prices) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);

    public SemanticCacheSpec {
        failureMode = failureMode == null ? FailureMode.FailOpen : failureMode;
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        mode = mode == null ? Mode.Enforce : mode;
        maxBodyBytes = maxBodyBytes == null ? ByteSize.ofMebibytes(4) : maxBodyBytes;
        identity = identity == null ? IdentityBlock.DEFAULT : identity;
        scope = scope == null ? CacheScope.Consumer : scope;
        ttl = ttl == null ? Duration.ofHours(1) : ttl;
        semantic = semantic == null ? Semantic.DEFAULT : semantic;
        capacity = capacity == null ? Capacity.DEFAULT : capacity;
        cacheable = cacheable == null ? Cacheable.DEFAULT : cacheable;
        onUnguarded = onUnguarded == null ? OnUnguarded.Consumer : onUnguarded;
        requireInspection = requireInspection == null ? Boolean.FALSE : requireInspection;
        expose = expose == null ? Boolean.FALSE : expose;
        clientControl = clientControl == null ? ClientControl.Honour : clientControl;
        prices = prices == null ? Prices.NONE : prices;
        InvalidField.check(!targetRefs.isEmpty() && targetRefs.size() <= 16, "targetRefs", "must be 1 to 16, are " + targetRefs.size());
        InvalidField.check(Durations.within(timeout, "1ms", "1m"), "timeout", "must be 1ms to 1m");
        InvalidField.check(maxBodyBytes.bytes() >= 1024 && maxBodyBytes.bytes() <= 64 << 20, "maxBodyBytes", "must be 1Ki to 64Mi");
        InvalidField.check(staleWhileRevalidate.isEmpty() || !requireInspection, "staleWhileRevalidate",
                "cannot be with requireInspection: what its backend answers passes no inspection");
        InvalidField.check(Durations.within(ttl, "1s", "720h"), "ttl", "must be 1s to 720h");
    }
}
