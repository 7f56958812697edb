package dev.gatehouse.envoy.ratelimit;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import java.util.concurrent.CompletionStage;

/**
 * Limitador's two steps ({@code kuadrant.service.ratelimit.v1.RateLimitService}): look before the request, count after it. Errors
 * as of {@link RateLimiter#decide}.
 */
public interface Limitador {

    /** Whether one more hit would pass; counts nothing, whatever {@code hitsAddend} says. */
    CompletionStage<Code> check(RateLimitQuery query);

    /** Counts {@code hitsAddend}, at least 1, whatever is left. */
    CompletionStage<Void> report(RateLimitQuery query);
}
