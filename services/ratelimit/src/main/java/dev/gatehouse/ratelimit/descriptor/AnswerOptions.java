package dev.gatehouse.ratelimit.descriptor;

import java.util.Optional;

/**
 * What is decided and answered beyond the limits' own words.
 *
 * @param shadow       nothing is ever refused
 * @param quota        every limit is in quota mode
 * @param headers      response headers that tell of the limit that is nearest to its end; none without
 * @param metadata     the answer carries dynamic metadata
 * @param nearRatio    from which share of a limit on its hits count as near it
 * @param keepBelow    where one limit is exceeded, the others of the request are not counted (STOP_CACHE_KEY_INCREMENT_WHEN_OVERLIMIT)
 * @param keyPrefix    sets the counters of this deployment apart from others' in the same store
 * @param rememberOver how many exceeded limits are remembered until their window ends, and refused without asking the store
 */
public record AnswerOptions(
        boolean shadow,
        boolean quota,
        Optional<HeaderNames> headers,
        boolean metadata,
        float nearRatio,
        boolean keepBelow,
        String keyPrefix,
        long rememberOver) {

    /** Names of the response headers: the limit, what is left of it, seconds until it begins anew. */
    public record HeaderNames(String limit, String remaining, String reset) {}

    /** As envoyproxy/ratelimit without any setting. */
    public static AnswerOptions standard() {
        return new AnswerOptions(false, false, Optional.empty(), false, 0.8f, false, "", 0);
    }
}
