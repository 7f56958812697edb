package dev.gatehouse.envoy.extproc;

import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.HeaderSendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import java.util.Optional;

/** The body modes that a stream announces, and the mode override that spares the host what nobody wants. */
final class Modes {

    private Modes() {}

    /** The attachment of a stream; a host that announces no modes is taken to use the assumed one both ways. */
    static Attachment attachment(ProcessingRequest first, BodyMode assumed) {
        if (!first.hasProtocolConfig()) {
            return new Attachment(Protocol.EXT_PROC, assumed, assumed);
        }
        ProtocolConfiguration config = first.getProtocolConfig();
        return new Attachment(Protocol.EXT_PROC, mode(config.getRequestBodyMode()), mode(config.getResponseBodyMode()));
    }

    /**
     * Whether the host goes on by itself, and loses nothing, when we end the stream before its end. Of a FULL_DUPLEX_STREAMED
     * response Envoy may have sent us the first chunks meanwhile, and it keeps no copy: they would be missing in the answer.
     */
    static boolean mayLeave(ProcessingRequest first, Attachment attachment) {
        return first.hasProtocolConfig() && attachment.responseBody() != BodyMode.FULL_DUPLEX_STREAMED;
    }

    /** Envoy ignores overrides where FULL_DUPLEX_STREAMED is configured: chunks may be on their way already. */
    static boolean overridable(Attachment attachment) {
        return attachment.requestBody() != BodyMode.FULL_DUPLEX_STREAMED && attachment.responseBody() != BodyMode.FULL_DUPLEX_STREAMED;
    }

    /** What a host may skip that has a handler of this interest; empty when it wants all or the host would not listen. */
    static Optional<ProcessingMode> override(Attachment attachment, Interest interest) {
        if (!overridable(attachment) || interest.requestBody() && interest.response() && interest.responseBody()) {
            return Optional.empty();
        }
        return Optional.of(ProcessingMode.newBuilder()
                .setRequestBodyMode(interest.requestBody() ? mode(attachment.requestBody()) : BodySendMode.NONE)
                .setRequestTrailerMode(trailers(interest.requestBody()))
                .setResponseHeaderMode(interest.response() ? HeaderSendMode.SEND : HeaderSendMode.SKIP)
                .setResponseBodyMode(interest.responseBody() ? mode(attachment.responseBody()) : BodySendMode.NONE)
                .setResponseTrailerMode(trailers(interest.responseBody()))
                .build());
    }

    private static HeaderSendMode trailers(boolean wanted) {
        return wanted ? HeaderSendMode.SEND : HeaderSendMode.SKIP;
    }

    private static BodyMode mode(BodySendMode mode) {
        return switch (mode) {
            case NONE, UNRECOGNIZED -> BodyMode.NONE;
            case BUFFERED -> BodyMode.BUFFERED;
            case BUFFERED_PARTIAL -> BodyMode.BUFFERED_PARTIAL;
            case STREAMED -> BodyMode.STREAMED;
            case FULL_DUPLEX_STREAMED -> BodyMode.FULL_DUPLEX_STREAMED;
        };
    }

    private static BodySendMode mode(BodyMode mode) {
        return switch (mode) {
            case NONE -> BodySendMode.NONE;
            case BUFFERED -> BodySendMode.BUFFERED;
            case BUFFERED_PARTIAL -> BodySendMode.BUFFERED_PARTIAL;
            case STREAMED -> BodySendMode.STREAMED;
            case FULL_DUPLEX_STREAMED -> BodySendMode.FULL_DUPLEX_STREAMED;
        };
    }
}
