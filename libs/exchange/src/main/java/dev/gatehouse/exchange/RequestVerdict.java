package dev.gatehouse.exchange;

import java.util.Optional;

/** What becomes of a request. */
public sealed interface RequestVerdict {

    /**
     * It goes on to the backend.
     *
     * @param headers         header fields to change
     * @param body            the new body, or empty to send the original bytes
     * @param handOver        what later services shall know
     * @param clearRouteCache whether the host shall match the route again (after a change of model or path)
     */
    record Forward(HeaderChange headers, Optional<byte[]> body, HandOver handOver, boolean clearRouteCache) implements RequestVerdict {}

    /** The client is answered in the backend's place: a block, a cache hit, a refusal. */
    record Reply(LocalReply reply) implements RequestVerdict {}

    static RequestVerdict forward() {
        return new Forward(HeaderChange.none(), Optional.empty(), HandOver.none(), false);
    }

    static RequestVerdict forward(HandOver handOver) {
        return new Forward(HeaderChange.none(), Optional.empty(), handOver, false);
    }

    static RequestVerdict forward(byte[] body, HandOver handOver) {
        return new Forward(HeaderChange.none(), Optional.of(body), handOver, false);
    }

    static RequestVerdict reply(LocalReply reply) {
        return new Reply(reply);
    }
}
