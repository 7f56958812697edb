package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.tokens.TokenCount;
import java.util.Optional;

/**
 * A request as far as limits are concerned.
 *
 * @param head     the request's head
 * @param identity who asks
 * @param way      where it came in and where it goes
 * @param format   the provider format, where it is one
 * @param request  the request itself, where it could be read
 * @param model    the requested model; empty where it is not known
 * @param bytes    length of the body as it was sent
 * @param input    input tokens, counted or estimated
 * @param bound    how long the answer may get
 */
public record Asked(
        RequestHead head, Identity identity, Attribution way, Optional<Format> format, Optional<LlmRequest> request, String model, long bytes,
        TokenCount input, OutputBound bound) {

    /** Whether a model is asked: a listing of models, say, uses no tokens. */
    public boolean usesTokens() {
        return input.tokens() > 0 || bound.answers() > 0;
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "Asked[" + format.map(Format::name).orElse("no format") + ", " + bytes + " bytes, " + input.tokens() + " tokens]";
    }
}
