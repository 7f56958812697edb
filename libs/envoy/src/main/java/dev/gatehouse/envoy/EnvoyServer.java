package dev.gatehouse.envoy;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A gRPC server for the attachments, with {@code grpc.health.v1} and server reflection. Calls run on the event loop (direct
 * executor): what an attachment does there never blocks.
 */
public final class EnvoyServer implements AutoCloseable {

    /**
     * Where and how to listen.
     *
     * @param host              address to bind, e.g. {@code 0.0.0.0}
     * @param port              0 for any free one
     * @param tls               certificate files, empty for plain text
     * @param maxMessageBytes   the largest message taken from the host: a BUFFERED body comes in one
     * @param flowControlWindow bytes that a stream may have under way
     */
    public record Settings(String host, int port, Optional<Tls> tls, int maxMessageBytes, int flowControlWindow) {

        /** Plain text, messages up to 64 MiB, a window of 1 MiB. */
        public static Settings plain(String host, int port) {
            return new Settings(host, port, Optional.empty(), 64 << 20, 1 << 20);
        }

        /** The same with other certificate files. */
        public Settings with(Optional<Tls> files) {
            return new Settings(host, port, files, maxMessageBytes, flowControlWindow);
        }
    }

    /**
     * PEM files, the key unencrypted PKCS#8. They may change while the server runs: new connections get what they hold then.
     *
     * @param clientCa when present, only clients with a certificate of this authority are served
     */
    public record Tls(Path certificateChain, Path privateKey, Optional<Path> clientCa) {}

    private final Server server;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Optional<LiveTls> tls;
    private final List<String> healthNames;

    /** Starts to listen. Health says NOT_SERVING until {@link #ready}. */
    public EnvoyServer(Settings settings, List<BindableService> services) throws IOException {
        this(settings, services, List.of());
    }

    /** @param names further names under which health is asked for; the empty one always is */
    public EnvoyServer(Settings settings, List<BindableService> services, List<String> names) throws IOException {
        healthNames = Stream.concat(Stream.of(HealthStatusManager.SERVICE_NAME_ALL_SERVICES), names.stream()).toList();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                .directExecutor()
                .maxInboundMessageSize(settings.maxMessageBytes())
                .initialFlowControlWindow(settings.flowControlWindow())
                .withChildOption(ChannelOption.TCP_NODELAY, true)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        tls = settings.tls().isPresent() ? Optional.of(LiveTls.open(settings.tls().get())) : Optional.empty();
        if (tls.isPresent()) {
            builder.sslContext(tls.get().context());
        }
        services.forEach(service -> builder.addService(ServerInterceptors.intercept(service, new TraceContext())));
        builder.addService(health.getHealthService()).addService(ProtoReflectionServiceV1.newInstance());
        ready(false);
        server = builder.build().start();
    }

    public int port() {
        return server.getPort();
    }

    /** Health says SERVING, or not, from now on. */
    public void ready(boolean serving) {
        healthNames.forEach(name -> health.setStatus(name, serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
    }

    /** Takes no new exchanges, waits for those under way, then cuts what is left. */
    public void drain(Duration patience) throws InterruptedException {
        health.enterTerminalState();
        server.shutdown();
        if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
        }
        tls.ifPresent(LiveTls::close);
    }

    @Override
    public void close() {
        server.shutdownNow();
        tls.ifPresent(LiveTls::close);
    }
}
