package dev.gatehouse.envoy.extproc;

import com.google.protobuf.Struct;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.util.Optional;

/**
 * Answers every message at once with "go on as it is", and ends the stream as soon as nothing depends on it, where the host
 * keeps what it sends us until we answer ({@link Modes#mayLeave}): it then goes on without asking.
 */
final class Untouched implements Conversation {

    private final Attachment attachment;
    private final Replies replies;
    private final Wire request;
    private final Wire response;
    private final boolean mayLeave;

    /**
     * @param strip    what is taken from the request's head
     * @param mayLeave whether the host goes on by itself when we end the stream
     */
    Untouched(Attachment attachment, Replies replies, HeaderMutation strip, boolean mayLeave) {
        this.attachment = attachment;
        this.replies = replies;
        this.request = new Wire(Side.REQUEST, replies, strip, Optional.empty());
        this.response = new Wire(Side.RESPONSE, replies, HeaderMutation.getDefaultInstance(), Optional.empty());
        this.mayLeave = mayLeave;
    }

    @Override
    public void receive(ProcessingRequest message) {
        pass(message);
        if (mayLeave && isLastWeOwe(message)) {
            replies.complete();
        } else {
            replies.requestNext();
        }
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

    private boolean isLastWeOwe(ProcessingRequest message) {
        return switch (message.getRequestCase()) {
            case REQUEST_HEADERS ->
                attachment.requestBody() != BodyMode.FULL_DUPLEX_STREAMED || message.getRequestHeaders().getEndOfStream();
            case REQUEST_BODY -> message.getRequestBody().getEndOfStream();
            case REQUEST_TRAILERS, RESPONSE_HEADERS, RESPONSE_BODY, RESPONSE_TRAILERS -> true;
            case REQUEST_NOT_SET -> false;
        };
    }

    private static void pass(Wire wire, BodyMode mode, HttpBody body) {
        if (mode == BodyMode.FULL_DUPLEX_STREAMED) {
            DuplexLeg.sendDuplex(wire, body.getBody(), body.getEndOfStream(), Struct.getDefaultInstance());
        } else {
            wire.chunkAsIs(Struct.getDefaultInstance());
        }
    }
}
