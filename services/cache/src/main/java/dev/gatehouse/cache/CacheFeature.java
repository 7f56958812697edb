package dev.gatehouse.cache;

import dev.gatehouse.cache.answer.Replay;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.flight.SingleFlight;
import dev.gatehouse.cache.look.Desk;
import dev.gatehouse.cache.refresh.Revalidation;
import dev.gatehouse.cache.telemetry.CacheTelemetry;
import dev.gatehouse.cache.verify.sameness.Sameness;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.SemanticCacheSpec;
import dev.gatehouse.policy.source.PolicySource;
import java.time.Duration;
import java.util.Optional;

/**
 * The semantic cache as a feature: takes part in every exchange that a {@code SemanticCachePolicy} applies to.
 *
 * @param policies  where policies come from
 * @param desk      where requests are asked and looked up
 * @param replay    gives kept answers in the asking client's protocol
 * @param flights   where equal prompts wait for one call
 * @param revalidation asks anew for what is stale
 * @param sameness  tells whether two answers say the same
 * @param telemetry where all is recorded
 */
public record CacheFeature(
        PolicySource<SemanticCachePolicy, CompiledCache> policies, Desk desk, Replay replay, SingleFlight flights, Revalidation revalidation,
        Sameness sameness, CacheTelemetry telemetry)
        implements Feature {

    static final String NAME = "cache";

    /** The look-up keeps to the policy's timeout by itself; this is for what is before and after it. */
    private static final Duration GRACE = Duration.ofMillis(500);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> acceptance(resolution.policy().compiled(), head));
    }

    private Acceptance acceptance(CompiledCache cache, RequestHead head) {
        SemanticCacheSpec spec = cache.spec();
        CacheHandler handler = new CacheHandler(this, cache, head);
        Duration waiting = spec.singleFlight().map(flight -> flight.maxWait().plus(spec.timeout())).orElse(Duration.ZERO);
        return new Acceptance(handler, Interest.ALL, spec.timeout().plus(GRACE).plus(waiting), spec.failureMode(), spec.maxBodyBytes().bytes());
    }
}
