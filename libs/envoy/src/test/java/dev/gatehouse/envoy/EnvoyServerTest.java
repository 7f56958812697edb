package dev.gatehouse.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead.TraceParent;
import dev.gatehouse.exchange.RequestVerdict;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server over a real connection: health, reflection, and whose trace an exchange belongs to. */
class EnvoyServerTest {

    private static final String ENVOYS = "00-11111111111111111111111111111111-2222222222222222-01";
    private static final String CLIENTS = "00-33333333333333333333333333333333-4444444444444444-01";

    private final TestHandler feature = TestHandler.ofHead(request -> RequestVerdict.reply(LocalReply.json(403, "{}")));
    private EnvoyServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        server = new EnvoyServer(
                EnvoyServer.Settings.plain("127.0.0.1", 0), List.of(new ExtProcService(feature, ExchangeObserver.NONE)));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void healthFollowsReadiness() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        server.ready(true);
        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionListsTheAttachments() throws Exception {
        Replies<ServerReflectionResponse> replies = new Replies<>();
        StreamObserver<ServerReflectionRequest> call = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(replies);
        call.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(replies.queue.take().getListServicesResponse().getServiceList()).extracting(ServiceResponse::getName)
                .contains("envoy.service.ext_proc.v3.ExternalProcessor", "grpc.health.v1.Health");
        call.onCompleted();
    }

    @Test
    void traceIsEnvoysFromTheCallAndTheClientsOnlyWithoutOne() throws Exception {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), ENVOYS);
        process(ExternalProcessorGrpc.newStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)));
        assertThat(feature.head.trace()).map(TraceParent::traceparent).contains(ENVOYS);
        process(ExternalProcessorGrpc.newStub(channel));
        assertThat(feature.head.trace()).map(TraceParent::traceparent).contains(CLIENTS);
    }

    private static void process(ExternalProcessorGrpc.ExternalProcessorStub stub) throws InterruptedException {
        Replies<ProcessingResponse> replies = new Replies<>();
        HeaderMap headers = HeaderMap.newBuilder().addHeaders(HeaderValue.newBuilder().setKey("traceparent").setValue(CLIENTS)).build();
        stub.process(replies).onNext(
                ProcessingRequest.newBuilder().setRequestHeaders(HttpHeaders.newBuilder().setHeaders(headers)).build());
        assertThat(replies.queue.take().hasImmediateResponse()).isTrue();
    }

    /** Keeps what comes. */
    private static final class Replies<T> implements StreamObserver<T> {
        private final BlockingQueue<T> queue = new LinkedBlockingQueue<>();

        @Override
        public void onNext(T reply) {
            queue.add(reply);
        }

        @Override
        public void onError(Throwable error) {
            // the assertion on what came says it
        }

        @Override
        public void onCompleted() {
            // likewise
        }
    }
}
