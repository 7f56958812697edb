package dev.gatehouse.router.decide;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.router.signal.Signals;
import dev.gatehouse.router.signal.Worth;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request for which a target is chosen.
 *
 * @param request      empty where it could not be read
 * @param conversation what tells its conversation from all others; empty where that cannot be told
 * @param text         that is classified; empty where the user has said nothing
 * @param vector       of the text, made when it is first asked for, and once; throws {@code EmbeddingFailed}
 * @param worth        what a strong model is worth for it
 * @param due          when the decision has to be there
 */
public record Asked(
        RequestHead head, Optional<LlmRequest> request, Identity identity, Optional<String> conversation, String text, Supplier<Int8Vector> vector,
        Worth worth, Signals signals, Due due) {

    boolean streams() {
        return request.filter(LlmRequest::stream).isPresent();
    }
}
