package dev.gatehouse.envoy.ratelimit.config;

import com.google.protobuf.Any;
import dev.gatehouse.testbed.TestCertificate;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A management server (ADS, state of the world) that sends what a test tells it and keeps what it was sent. */
final class ManagementServer extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase implements AutoCloseable {

    private final Server server;
    private final BlockingQueue<DiscoveryRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamObserver<DiscoveryResponse>> streams = new LinkedBlockingQueue<>();

    /** @param certificate with which it serves and which its clients have to show; plain text without */
    ManagementServer(int port, Optional<TestCertificate> certificate) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port)).addService(this);
        if (certificate.isPresent()) {
            builder.sslContext(GrpcSslContexts.forServer(certificate.get().certificate().toFile(), certificate.get().key().toFile())
                    .trustManager(certificate.get().certificate().toFile()).clientAuth(ClientAuth.REQUIRE).build());
        }
        server = builder.build().start();
    }

    int port() {
        return server.getPort();
    }

    /** The next client's stream. */
    StreamObserver<DiscoveryResponse> stream() throws InterruptedException {
        return streams.poll(20, TimeUnit.SECONDS);
    }

    /** The next request. */
    DiscoveryRequest request() throws InterruptedException {
        return requests.poll(20, TimeUnit.SECONDS);
    }

    static DiscoveryResponse version(String version, List<Any> resources) {
        return DiscoveryResponse.newBuilder().setTypeUrl(ConfigClient.TYPE).setVersionInfo(version).setNonce("nonce-" + version)
                .addAllResources(resources).build();
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
        streams.add(responses);
        return new StreamObserver<>() {
            @Override
            public void onNext(DiscoveryRequest request) {
                requests.add(request);
            }

            @Override
            public void onError(Throwable error) {
                // the client has gone
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
}
