package dev.gatehouse.envoy;

import com.google.protobuf.ByteString;
import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs exchanges through a feature over a loopback connection before a service says that it is ready. A JVM just started takes a
 * hundred times longer for its first exchanges than later, which a policy's timeout would turn into errors for clients.
 *
 * @param path      the request's path
 * @param body      its JSON body
 * @param answer    chunks of an SSE stream that answers it; none for features that do not look at answers
 * @param atMost    when to stop, whatever was reached
 * @param exchanges how many are enough
 */
public record Rehearsal(String path, byte[] body, List<byte[]> answer, Duration atMost, int exchanges) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ProtocolConfiguration DUPLEX =
            ProtocolConfiguration.newBuilder().setRequestBodyMode(BodySendMode.FULL_DUPLEX_STREAMED)
                    .setResponseBodyMode(BodySendMode.FULL_DUPLEX_STREAMED).build();

    /**
     * @return how many exchanges ran
     * @throws IOException when the loopback address cannot be bound
     */
    public int run(Feature feature) throws IOException, InterruptedException {
        try (ExtProcService service = new ExtProcService(feature, ExchangeObserver.NONE);
                EnvoyServer server = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0), List.of(service))) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().directExecutor().build();
            try {
                return run(ExternalProcessorGrpc.newStub(channel));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private int run(ExternalProcessorGrpc.ExternalProcessorStub stub) throws InterruptedException {
        Instant end = Instant.now().plus(atMost);
        int done = 0;
        while (done < exchanges && Instant.now().isBefore(end)) {
            exchange(stub);
            done++;
        }
        return done;
    }

    private void exchange(ExternalProcessorGrpc.ExternalProcessorStub stub) throws InterruptedException {
        Answered answered = new Answered(new CountDownLatch(1), new CountDownLatch(1));
        StreamObserver<ProcessingRequest> host = stub.process(answered);
        host.onNext(ProcessingRequest.newBuilder().setProtocolConfig(DUPLEX).setRequestHeaders(head()).build());
        host.onNext(ProcessingRequest.newBuilder()
                .setRequestBody(HttpBody.newBuilder().setBody(ByteString.copyFrom(body)).setEndOfStream(true)).build());
        answered.request().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!answer.isEmpty()) {
            respond(host);
            answered.response().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        host.onCompleted();
    }

    private void respond(StreamObserver<ProcessingRequest> host) {
        host.onNext(ProcessingRequest.newBuilder().setResponseHeaders(HttpHeaders.newBuilder().setHeaders(HeaderMap.newBuilder()
                .addHeaders(field(":status", "200"))
                .addHeaders(field("content-type", "text/event-stream")))).build());
        for (int i = 0; i < answer.size(); i++) {
            host.onNext(ProcessingRequest.newBuilder().setResponseBody(HttpBody.newBuilder()
                    .setBody(ByteString.copyFrom(answer.get(i))).setEndOfStream(i == answer.size() - 1)).build());
        }
    }

    private HttpHeaders head() {
        return HttpHeaders.newBuilder().setHeaders(HeaderMap.newBuilder()
                .addHeaders(field(":method", "POST"))
                .addHeaders(field(":path", path))
                .addHeaders(field(":authority", "rehearsal.invalid"))
                .addHeaders(field("content-type", "application/json"))).build();
    }

    private static HeaderValue field(String name, String value) {
        return HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value)).build();
    }

    private record Answered(CountDownLatch request, CountDownLatch response) implements StreamObserver<ProcessingResponse> {

        @Override
        public void onNext(ProcessingResponse reply) {
            if (reply.hasImmediateResponse()) {
                over();
            } else if (isWhole(reply.getRequestBody())) {
                request.countDown();
            } else if (isWhole(reply.getResponseBody())) {
                response.countDown();
            }
        }

        private static boolean isWhole(BodyResponse reply) {
            return reply.getResponse().getBodyMutation().getStreamedResponse().getEndOfStream();
        }

        private void over() {
            request.countDown();
            response.countDown();
        }

        @Override
        public void onError(Throwable error) {
            over();
        }

        @Override
        public void onCompleted() {
            over();
        }
    }
}
