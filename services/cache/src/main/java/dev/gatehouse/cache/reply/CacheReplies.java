package dev.gatehouse.cache.reply;

import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.ProviderErrors;

/** The words for what the cache refuses; {@code policy} is {@code namespace/name}. */
public record CacheReplies(String policy) {

    private static final int NOT_CACHED = 504;
    private static final int FAILED = 503;

    /** The client wanted a cached answer or none (RFC 9111, {@code only-if-cached}). */
    public LocalReply notCached(ProviderErrors errors) {
        return errors.reply(NOT_CACHED, "not_cached", "No cached answer, and the request asks for no other (cache-control: only-if-cached)");
    }

    /** The attachment shows no answers, and the policy fails closed. */
    public LocalReply unsupported(ProviderErrors errors, String missing) {
        return errors.reply(FAILED, "unsupported_by_attachment", "Policy " + policy + " needs " + missing + ", which this attachment cannot do");
    }

    /** The service itself failed, and the policy fails closed. */
    public LocalReply failed(ProviderErrors errors, Failure failure) {
        return switch (failure) {
            case Failure.TimedOut timeout -> errors.reply(FAILED, "cache_timeout", "Not looked up in time under policy " + policy + "; try again");
            case Failure.Threw fault -> errors.reply(FAILED, "cache_error", "Could not be looked up under policy " + policy);
            case Failure.Impossible impossible -> unsupported(errors, impossible.missing().name());
        };
    }
}
