package dev.gatehouse.envoy.ratelimit;

import java.util.concurrent.CompletionStage;

/** Answers the rate limit service's question. */
public interface RateLimiter {

    /**
     * Counts and decides. Called on the event loop: must not block.
     *
     * @return completes exceptionally with {@link Refused} where the question makes no sense, with {@link Unanswerable} where the
     *     counters cannot be reached; the host then does as its {@code failure_mode_deny} says
     */
    CompletionStage<RateLimitAnswer> decide(RateLimitQuery query);

    /** The question is not one. The message goes to the host and holds nothing of the request. */
    final class Refused extends RuntimeException {
        public Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** There is no answer now. The message goes to the host. */
    final class Unanswerable extends RuntimeException {
        public Unanswerable(String message) {
            super(message, null, false, false);
        }
    }
}
