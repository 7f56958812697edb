package dev.gatehouse.it.chain;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;

/** The attachments under test: a listener of Envoy each. */
public enum Attached {
    FULL_DUPLEX_STREAMED(Protocol.EXT_PROC, BodyMode.FULL_DUPLEX_STREAMED),
    STREAMED(Protocol.EXT_PROC, BodyMode.STREAMED),
    BUFFERED(Protocol.EXT_PROC, BodyMode.BUFFERED),
    BUFFERED_PARTIAL(Protocol.EXT_PROC, BodyMode.BUFFERED_PARTIAL),
    EXT_AUTHZ_GRPC(Protocol.EXT_AUTHZ_GRPC, BodyMode.BUFFERED),
    EXT_AUTHZ_HTTP(Protocol.EXT_AUTHZ_HTTP, BodyMode.BUFFERED);

    private final Protocol protocol;
    private final BodyMode mode;

    Attached(Protocol protocol, BodyMode mode) {
        this.protocol = protocol;
        this.mode = mode;
    }

    public Protocol protocol() {
        return protocol;
    }

    public BodyMode mode() {
        return mode;
    }

    public boolean can(Attachment.Capability capability) {
        return new Attachment(protocol, mode, protocol == Protocol.EXT_PROC ? mode : BodyMode.NONE).can(capability);
    }
}
