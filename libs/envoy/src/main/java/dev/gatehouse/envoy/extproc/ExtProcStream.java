package dev.gatehouse.envoy.extproc;

import dev.gatehouse.exchange.LocalReply;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The incoming half of one gRPC stream. */
final class ExtProcStream implements StreamObserver<ProcessingRequest> {

    private static final Logger LOG = System.getLogger(ExtProcStream.class.getName());
    private static final LocalReply CANNOT_JUDGE = LocalReply.json(500, "{\"error\":{\"code\":\"gatehouse_internal_error\"}}");

    private final ExtProcService service;
    private final Replies replies;
    private Conversation conversation;

    ExtProcStream(ExtProcService service, Replies replies) {
        this.service = service;
        this.replies = replies;
    }

    @Override
    public void onNext(ProcessingRequest message) {
        if (conversation == null) {
            open(message);
        } else {
            conversation.receive(message);
        }
    }

    @Override
    public void onError(Throwable error) {
        onCompleted();
    }

    @Override
    public void onCompleted() {
        if (conversation == null) {
            replies.complete();
        } else {
            conversation.closed();
        }
    }

    void onCancelled() {
        onCompleted();
    }

    private void open(ProcessingRequest first) {
        if (first.getRequestCase() == RequestCase.REQUEST_BODY || first.getRequestCase() == RequestCase.REQUEST_TRAILERS) {
            refuse("a request's head must be sent before its body (request_header_mode)", null);
            return;
        }
        try {
            conversation = service.begin(first, replies);
        } catch (RuntimeException e) {
            refuse("the feature could not say whether it takes part", e);
            return;
        }
        conversation.receive(first);
    }

    /** No policy can be named that would say how to fail, so this fails closed. The cause's message may hold content. */
    private void refuse(String why, RuntimeException cause) {
        LOG.log(Level.ERROR, "Exchange refused: {0}{1}", why, cause == null ? "" : ": " + cause.getClass().getName());
        replies.immediate(ProcessingResponse.newBuilder(), LocalReplies.immediate(CANNOT_JUDGE, "gatehouse_internal_error"));
    }
}
