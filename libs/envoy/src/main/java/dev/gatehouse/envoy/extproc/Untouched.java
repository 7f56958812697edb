package dev.gatehouse.envoy.extproc;

import com.google.protobuf.Struct;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.HeaderSendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.util.Optional;

/** Answers every message at once with "go on as it is". */
final class Untouched implements Conversation {

    private static final ProcessingMode NOTHING_MORE =
            ProcessingMode.newBuilder().setResponseHeaderMode(HeaderSendMode.SKIP).build();

    private final Attachment attachment;
    private final Replies replies;
    private final Wire request;
    private final Wire response;

    /** @param strip what is taken from the request's head */
    Untouched(Attachment attachment, Replies replies, HeaderMutation strip) {
        this.attachment = attachment;
        this.replies = replies;
        this.request = new Wire(Side.REQUEST, replies, strip, Modes.overridable(attachment) ? Optional.of(NOTHING_MORE) : Optional.empty());
        this.response = new Wire(Side.RESPONSE, replies, HeaderMutation.getDefaultInstance(), Optional.empty());
    }

    @Override
    public void receive(ProcessingRequest message) {
        pass(message);
        replies.requestNext();
    }

    @Override
    public void closed() {
        replies.complete();
    }

    /** Answers one message. */
    void pass(ProcessingRequest message) {
        switch (message.getRequestCase()) {
            case REQUEST_HEADERS -> request.headEarly();
            case REQUEST_BODY -> pass(request, attachment.requestBody(), message.getRequestBody());
            case REQUEST_TRAILERS -> replies.send(Side.REQUEST.trailersAsIs);
            case RESPONSE_HEADERS -> replies.send(Side.RESPONSE.headAsIs);
            case RESPONSE_BODY -> pass(response, attachment.responseBody(), message.getResponseBody());
            case RESPONSE_TRAILERS -> replies.send(Side.RESPONSE.trailersAsIs);
            case REQUEST_NOT_SET -> { }
        }
    }

    private static void pass(Wire wire, BodyMode mode, HttpBody body) {
        if (mode == BodyMode.FULL_DUPLEX_STREAMED) {
            DuplexLeg.sendDuplex(wire, body.getBody(), body.getEndOfStream(), Struct.getDefaultInstance());
        } else {
            wire.chunkAsIs(Struct.getDefaultInstance());
        }
    }
}
