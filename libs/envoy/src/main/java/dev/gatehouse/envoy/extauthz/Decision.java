package dev.gatehouse.envoy.extauthz;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;

/** The end of an authorization: the only two there are. */
sealed interface Decision {

    /** The request goes on, with these header changes. */
    record Allowed(HeaderChange headers, HandOver handOver) implements Decision {}

    /** The client is answered; the reply's hand-over carries the attachment's own marks as well. */
    record Denied(LocalReply reply) implements Decision {}
}
