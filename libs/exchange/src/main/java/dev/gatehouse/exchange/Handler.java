package dev.gatehouse.exchange;

import java.util.Optional;

/**
 * A feature's part in one exchange, told in order: request, response, close. All calls but those that say otherwise come on the exchange's
 * own virtual thread, one after the other, so state is kept in plain fields and waiting is blocking. Exactly one call of {@link #close}
 * ends every exchange, also one that timed out, was answered locally, or whose client went away.
 */
public interface Handler {

    /** Judges the request. */
    RequestVerdict request(Request request) throws Exception;

    /**
     * Asked once the request goes on: whether this handler still wants the response that {@link Acceptance.Interest#response()} asked
     * for. If not, the response passes without it, and where the host allows without being sent to it. Must not block.
     */
    default boolean wantsResponse() {
        return true;
    }

    /**
     * Lets a response go whose head says enough, so that it does not wait for this handler's thread; {@link #response} is then not called.
     * Asked first; empty leaves it to {@link #response}. Comes on the host's thread, after the request and before {@link #close}, which see what it
     * writes: must not block. What it throws counts as empty.
     */
    default Optional<ResponseVerdict.Pass> passedAtOnce(ResponseHead head) {
        return Optional.empty();
    }

    /** Judges the response; called only where {@link Acceptance.Interest#response()} is set and the request went on. */
    default ResponseVerdict response(Response response) throws Exception {
        return ResponseVerdict.pass();
    }

    /** The reply to the client when this handler failed and the policy fails closed. Runs on any thread, must not block. */
    LocalReply failed(Failure failure);

    /**
     * What is changed of a request that goes on although this handler failed: the policy fails open. Done where the head has not gone on
     * yet; the host then matches the route again. Runs on any thread, must not block.
     */
    default HeaderChange unjudged() {
        return HeaderChange.none();
    }

    /** The exchange is over: settle, store, record. Exceptions are logged and change nothing. */
    default void close(Ending ending) throws Exception {}
}
