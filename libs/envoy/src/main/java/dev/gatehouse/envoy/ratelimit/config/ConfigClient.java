package dev.gatehouse.envoy.ratelimit.config;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.gatehouse.envoy.client.ClientTls;
import dev.gatehouse.envoy.codec.MetadataCodec;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Receives rate limit configuration from a management server over ADS, state of the world, as a control plane (Envoy Gateway, Envoy AI
 * Gateway) serves it. Accepts or refuses each version; connects again when the stream ends, after a pause that doubles while nothing
 * comes.
 */
public final class ConfigClient implements AutoCloseable {

    /** The resources' type. */
    public static final String TYPE = "type.googleapis.com/ratelimit.config.ratelimit.v3.RateLimitConfig";

    /**
     * @param server          {@code host:port}
     * @param nodeId          for whom the server keeps its snapshot
     * @param metadata        of the node
     * @param headers         sent with the stream
     * @param tls             plain text without
     * @param retry           the first pause before connecting again
     * @param longestRetry    the longest
     * @param maxMessageBytes 0 for gRPC's own 4 MiB
     */
    public record Settings(String server, String nodeId, Map<String, String> metadata, Map<String, String> headers, Optional<ClientTls> tls,
            Duration retry, Duration longestRetry, int maxMessageBytes) {}

    private final Settings settings;
    private final ConfigListener listener;
    private final ManagedChannel channel;
    private final Node node;
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("limit-config").factory());
    private String accepted = "";
    private Duration pause;

    /** Begins to connect. @throws IOException when a certificate cannot be read */
    public ConfigClient(Settings settings, ConfigListener listener) throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.pause = settings.retry();
        this.channel = channel(settings);
        this.node = Node.newBuilder().setId(settings.nodeId()).setMetadata(MetadataCodec.encode(settings.metadata())).build();
        turns.execute(this::subscribe);
    }

    @Override
    public void close() {
        turns.shutdownNow();
        channel.shutdownNow();
    }

    private static ManagedChannel channel(Settings settings) throws IOException {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(settings.server()).keepAliveTime(30, TimeUnit.SECONDS);
        if (settings.maxMessageBytes() > 0) {
            builder.maxInboundMessageSize(settings.maxMessageBytes());
        }
        return settings.tls().isEmpty() ? builder.usePlaintext().build() : settings.tls().get().secure(builder).build();
    }

    private void subscribe() {
        new Subscription().open();
    }

    private Metadata headers() {
        Metadata metadata = new Metadata();
        settings.headers().forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return metadata;
    }

    private void again(String why) {
        if (!turns.isShutdown()) {
            listener.disconnected(why);
            turns.schedule(this::subscribe, pause.toMillis(), TimeUnit.MILLISECONDS);
            pause = pause.multipliedBy(2).compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : pause.multipliedBy(2);
        }
    }

    /** One stream. Its messages are handled on the client's one thread, so that they come one after another. */
    private final class Subscription implements StreamObserver<DiscoveryResponse> {

        private StreamObserver<DiscoveryRequest> requests;

        void open() {
            requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers()))
                    .streamAggregatedResources(this);
            requests.onNext(request("").build());
        }

        @Override
        public void onNext(DiscoveryResponse response) {
            turn(() -> receive(response));
        }

        @Override
        public void onError(Throwable error) {
            turn(() -> again(io.grpc.Status.fromThrowable(error).getCode().name()));
        }

        @Override
        public void onCompleted() {
            turn(() -> again("the management server ended the stream"));
        }

        private void turn(Runnable handling) {
            if (!turns.isShutdown()) {
                turns.execute(handling);
            }
        }

        private void receive(DiscoveryResponse response) {
            pause = settings.retry();
            Optional<String> fault = take(response);
            if (fault.isEmpty()) {
                accepted = response.getVersionInfo();
            }
            DiscoveryRequest.Builder reply = request(response.getNonce());
            fault.ifPresent(text -> reply.setErrorDetail(Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(text)));
            requests.onNext(reply.build());
        }

        private Optional<String> take(DiscoveryResponse response) {
            List<DomainConfig> domains = new ArrayList<>();
            try {
                for (Any resource : response.getResourcesList()) {
                    domains.add(ConfigCodec.domain(resource));
                }
            } catch (InvalidProtocolBufferException e) {
                return Optional.of("a resource is not a RateLimitConfig");
            }
            return listener.configured(domains);
        }

        private DiscoveryRequest.Builder request(String nonce) {
            return DiscoveryRequest.newBuilder().setNode(node).setTypeUrl(TYPE).setVersionInfo(accepted).setResponseNonce(nonce);
        }
    }
}
