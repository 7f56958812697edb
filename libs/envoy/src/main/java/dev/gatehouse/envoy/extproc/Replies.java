package dev.gatehouse.envoy.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.ImmediateResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.stub.ServerCallStreamObserver;

/** The outgoing half of a gRPC stream; after its end nothing is sent any more. Guarded by the exchange's lock. */
final class Replies {

    private final ServerCallStreamObserver<ProcessingResponse> call;
    private boolean ended;

    Replies(ServerCallStreamObserver<ProcessingResponse> call) {
        this.call = call;
    }

    void send(ProcessingResponse reply) {
        if (!ended && !call.isCancelled()) {
            call.onNext(reply);
        }
    }

    /** Answers the client in the backend's place; nothing can follow. */
    void immediate(ProcessingResponse.Builder envelope, ImmediateResponse reply) {
        send(envelope.setImmediateResponse(reply).build());
        complete();
    }

    void complete() {
        if (!ended && !call.isCancelled()) {
            call.onCompleted();
        }
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Asks the host for its next message. */
    void requestNext() {
        call.request(1);
    }
}
