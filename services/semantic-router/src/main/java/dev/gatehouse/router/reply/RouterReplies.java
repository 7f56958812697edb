package dev.gatehouse.router.reply;

import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.ProviderErrors;

/** The words for what the router refuses, in the provider's own shape; {@code policy} is {@code namespace/name}. */
public record RouterReplies(String policy) {

    private static final int FAILED = 503;

    /** The attachment cannot do what the policy wants, and the policy fails closed. */
    public LocalReply unsupported(RequestHead head, String missing) {
        return errors(head).reply(FAILED, "unsupported_by_attachment", "Policy " + policy + " needs " + missing + ", which this attachment cannot do");
    }

    /** The service itself failed, and the policy fails closed. */
    public LocalReply failed(RequestHead head, Failure failure) {
        return switch (failure) {
            case Failure.TimedOut timeout -> errors(head).reply(FAILED, "routing_timeout", "Not routed in time under policy " + policy + "; try again");
            case Failure.Threw fault -> errors(head).reply(FAILED, "routing_error", "Could not be routed under policy " + policy);
            case Failure.Impossible impossible -> unsupported(head, impossible.missing().name());
        };
    }

    private static ProviderErrors errors(RequestHead head) {
        return ProviderErrors.of(Formats.recognise(head.method(), head.path(), head.headers().first("content-type").orElse("")).orElse(Format.OPENAI_CHAT));
    }
}
