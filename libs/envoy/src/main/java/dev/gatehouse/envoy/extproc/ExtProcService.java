package dev.gatehouse.envoy.extproc;

import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.envoy.work.Watchdog;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestHead;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/**
 * Envoy's external processor over one feature. Serve it with a direct executor: callbacks then run on the event loop, where
 * {@link Feature#accept} decides; an exchange that it leaves alone is answered there, message by message, any other one runs
 * its handler on one virtual thread. Thread-safe; {@link #close} ends the watch over timeouts.
 */
public final class ExtProcService extends ExternalProcessorGrpc.ExternalProcessorImplBase implements AutoCloseable {

    private final Feature feature;
    private final ExchangeObserver observer;
    private final BodyMode assumed;
    private final Watchdog watchdog = new Watchdog();

    /** For hosts that announce their body modes (Envoy does), or else use FULL_DUPLEX_STREAMED (agentgateway). */
    public ExtProcService(Feature feature, ExchangeObserver observer) {
        this(feature, observer, BodyMode.FULL_DUPLEX_STREAMED);
    }

    /** @param assumed the body mode, both ways, of a host that sends no {@code protocol_config} */
    public ExtProcService(Feature feature, ExchangeObserver observer, BodyMode assumed) {
        this.feature = feature;
        this.observer = observer;
        this.assumed = assumed;
    }

    @Override
    public StreamObserver<ProcessingRequest> process(StreamObserver<ProcessingResponse> responses) {
        ServerCallStreamObserver<ProcessingResponse> call = (ServerCallStreamObserver<ProcessingResponse>) responses;
        call.disableAutoRequest();
        ExtProcStream stream = new ExtProcStream(this, new Replies(call));
        call.setOnCancelHandler(stream::onCancelled);
        call.request(1);
        return stream;
    }

    @Override
    public void close() {
        watchdog.close();
    }

    /**
     * The conversation that this first message opens. One that begins at the response is the reply of a filter behind us, to a
     * request we never saw: it passes.
     */
    Conversation begin(ProcessingRequest first, Replies replies) {
        Attachment attachment = Modes.attachment(first, assumed);
        if (first.getRequestCase() != RequestCase.REQUEST_HEADERS) {
            return new Untouched(attachment, replies, HeaderMutation.getDefaultInstance(), Modes.mayLeave(first, attachment));
        }
        Headers all = HeaderCodec.decode(first.getRequestHeaders().getHeaders());
        RequestHead head = Heads.request(first, all, attachment);
        HeaderMutation strip = HeaderCodec.stripControl(all);
        Optional<Acceptance> acceptance = feature.accept(head);
        if (acceptance.isEmpty()) {
            observer.untouched(feature.name(), head);
            return new Untouched(attachment, replies, strip, Modes.mayLeave(first, attachment));
        }
        return new TouchedExchange(
                new Opening(feature.name(), head, strip, first.getRequestHeaders().getEndOfStream(), Modes.mayLeave(first, attachment),
                        acceptance.get(), observer.begin(feature.name(), head)),
                replies, watchdog);
    }
}
