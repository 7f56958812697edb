package dev.gatehouse.envoy.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;

/** One gRPC stream after its first message. Called on the event loop, one call after the other. */
sealed interface Conversation permits Untouched, TouchedExchange {

    void receive(ProcessingRequest message);

    /** The host has closed its side, or the whole stream is gone. */
    void closed();
}
