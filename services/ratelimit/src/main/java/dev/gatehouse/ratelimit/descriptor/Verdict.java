package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Status;
import java.util.Optional;

/**
 * What became of one descriptor.
 *
 * @param rule the limit that counted, if any did
 */
record Verdict(Status status, Optional<LimitRule> rule, boolean endless) {

    boolean isOver() {
        return status.code() == Code.OVER_LIMIT;
    }
}
