package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.gatehouse.envoy.TraceContext;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpTrailers;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays the host's part of ext_proc by hand, message by message, over the real stubs. */
final class Host implements AutoCloseable {

    private final ExecutorService eventLoop = Executors.newSingleThreadExecutor();
    private final Server server;
    private final ManagedChannel channel;
    private final ExtProcService service;

    Host(Feature feature) throws Exception {
        this(feature, ExchangeObserver.NONE);
    }

    Host(Feature feature, ExchangeObserver observer) throws Exception {
        String name = InProcessServerBuilder.generateName();
        service = new ExtProcService(feature, observer);
        server = InProcessServerBuilder.forName(name).executor(this::run)
                .addService(ServerInterceptors.intercept(service, new TraceContext())).build().start();
        channel = InProcessChannelBuilder.forName(name).executor(Runnable::run).build();
    }

    /**
     * In place, as on an event loop, but never on a handler's thread: that holds the exchange's lock while it answers, and would take the
     * host's next message in the middle of its own decision.
     */
    private void run(Runnable callback) {
        if (Thread.currentThread().isVirtual()) {
            eventLoop.execute(callback);
        } else {
            callback.run();
        }
    }

    Exchange open(BodyMode request, BodyMode response) {
        return new Exchange(request, response);
    }

    Exchange open(BodyMode both) {
        return open(both, both);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        service.close();
        eventLoop.shutdown();
    }

    static HeaderMap headers(String... namesAndValues) {
        HeaderMap.Builder map = HeaderMap.newBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.addHeaders(HeaderValue.newBuilder().setKey(namesAndValues[i]).setRawValue(ByteString.copyFromUtf8(namesAndValues[i + 1])));
        }
        return map.build();
    }

    /** One stream. */
    final class Exchange implements ClientResponseObserver<ProcessingRequest, ProcessingResponse> {

        private final BodyMode request;
        private final BodyMode response;
        private final BlockingQueue<Optional<ProcessingResponse>> replies = new LinkedBlockingQueue<>();
        private ClientCallStreamObserver<ProcessingRequest> call;
        private boolean first = true;
        volatile Throwable error;

        private Exchange(BodyMode request, BodyMode response) {
            this.request = request;
            this.response = response;
            ExternalProcessorGrpc.newStub(channel).process(this);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ProcessingRequest> call) {
            this.call = call;
        }

        @Override
        public void onNext(ProcessingResponse reply) {
            replies.add(Optional.of(reply));
        }

        @Override
        public void onError(Throwable error) {
            this.error = error;
            replies.add(Optional.empty());
        }

        @Override
        public void onCompleted() {
            replies.add(Optional.empty());
        }

        Exchange requestHead(boolean end, String... more) {
            HeaderMap headers = headers(":method", "POST", ":path", "/v1/chat/completions", ":authority", "api.example.com")
                    .toBuilder().addAllHeaders(headers(more).getHeadersList()).build();
            return send(ProcessingRequest.newBuilder()
                    .setRequestHeaders(HttpHeaders.newBuilder().setHeaders(headers).setEndOfStream(end)));
        }

        Exchange requestChunk(String text, boolean end) {
            return send(ProcessingRequest.newBuilder().setRequestBody(body(text, end)));
        }

        Exchange requestTrailers() {
            return send(ProcessingRequest.newBuilder()
                    .setRequestTrailers(HttpTrailers.newBuilder().setTrailers(headers("x-sum", "1"))));
        }

        Exchange responseHead(boolean end, String... more) {
            HeaderMap headers = headers(":status", "200", "content-type", "application/json")
                    .toBuilder().addAllHeaders(headers(more).getHeadersList()).build();
            return send(ProcessingRequest.newBuilder()
                    .setResponseHeaders(HttpHeaders.newBuilder().setHeaders(headers).setEndOfStream(end)));
        }

        Exchange responseChunk(String text, boolean end) {
            return send(ProcessingRequest.newBuilder().setResponseBody(body(text, end)));
        }

        Exchange responseTrailers() {
            return send(ProcessingRequest.newBuilder()
                    .setResponseTrailers(HttpTrailers.newBuilder().setTrailers(headers("x-sum", "1"))));
        }

        Exchange send(ProcessingRequest.Builder message) {
            if (first) {
                message.setProtocolConfig(ProtocolConfiguration.newBuilder()
                        .setRequestBodyMode(BodySendMode.valueOf(request.name()))
                        .setResponseBodyMode(BodySendMode.valueOf(response.name())));
                first = false;
            }
            call.onNext(message.build());
            return this;
        }

        void halfClose() {
            call.onCompleted();
        }

        void cancel() {
            call.cancel("the client has gone", null);
        }

        /** The next reply. */
        ProcessingResponse next() throws InterruptedException {
            Optional<ProcessingResponse> reply = replies.poll(10, TimeUnit.SECONDS);
            if (reply == null) {
                throw new AssertionError("no reply came");
            }
            return reply.orElseThrow(() -> new AssertionError("the stream ended", error));
        }

        /** Waits for the end of the stream; replies before it are an error. */
        void ended() throws InterruptedException {
            Optional<ProcessingResponse> reply = replies.poll(10, TimeUnit.SECONDS);
            if (reply == null || reply.isPresent()) {
                throw new AssertionError("expected the end, got " + reply);
            }
        }

        /** Whether every reply so far has been taken. */
        boolean isQuiet() {
            return replies.isEmpty();
        }

        /** What comes until the end of the stream. */
        List<ProcessingResponse> rest() throws InterruptedException {
            List<ProcessingResponse> all = new ArrayList<>();
            while (true) {
                Optional<ProcessingResponse> reply = replies.poll(10, TimeUnit.SECONDS);
                if (reply == null) {
                    throw new AssertionError("the stream did not end");
                }
                if (reply.isEmpty()) {
                    return all;
                }
                all.add(reply.get());
            }
        }

        private static HttpBody body(String text, boolean end) {
            return HttpBody.newBuilder().setBody(ByteString.copyFromUtf8(text)).setEndOfStream(end).build();
        }
    }

    /** The value of a key in the {@code gatehouse} metadata of a reply, or the default instance. */
    static Value metadata(ProcessingResponse reply, String key) {
        Struct gatehouse = reply.getDynamicMetadata().getFieldsOrDefault("gatehouse", Value.getDefaultInstance()).getStructValue();
        return gatehouse.getFieldsOrDefault(key, Value.getDefaultInstance());
    }
}
