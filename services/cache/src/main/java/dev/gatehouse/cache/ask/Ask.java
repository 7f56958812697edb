package dev.gatehouse.cache.ask;

import dev.gatehouse.cache.tier.Question;

/** What became of a request under a policy. */
public sealed interface Ask {

    /** It may be cached. */
    record Cacheable(Question question) implements Ask {}

    /** It is not cached. */
    record Not(Reason reason) implements Ask {}
}
