package dev.gatehouse.it.ratelimit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Redis, a rate limit service that was started as envoyproxy/ratelimit is, an Envoy that asks it, and a backend. */
final class RateLimitBed implements AutoCloseable {

    /** The program behind the start line. */
    enum Service {
        OURS, GO;

        List<String> command() {
            if (this == GO) {
                String program = System.getenv("GATEHOUSE_RATELIMIT_GO");
                assumeTrue(program != null, "GATEHOUSE_RATELIMIT_GO names no envoyproxy/ratelimit to compare with");
                return List.of(program);
            }
            return Member.of("ratelimit").command();
        }
    }

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int redisPort = Ports.free();
    private final int httpPort = Ports.free();
    private final int grpcPort = Ports.free();
    private final int debugPort = Ports.free();
    private final int metricsPort = Ports.free();
    private final int envoyPort = Ports.free();
    private final Backend backend = new Backend();
    private final Program redis;
    private final Program service;
    private final Program envoy;

    RateLimitBed(Service which, Path root, String limits) throws IOException {
        assumeTrue(System.getenv("GATEHOUSE_REDIS_SERVER") != null, "GATEHOUSE_REDIS_SERVER names no redis-server to start");
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy");
        List<String> command = which.command();
        Files.writeString(Files.createDirectories(root.resolve("config")).resolve("limits.yaml"), limits);
        redis = Program.start("dropin-redis", List.of(System.getenv("GATEHOUSE_REDIS_SERVER"), "--port", String.valueOf(redisPort), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", root.toString()), Map.of());
        awaitPort(redisPort);
        service = Program.start("dropin-" + which.name().toLowerCase(), command, environment(root)).ready(http("/healthcheck"), Duration.ofSeconds(60));
        envoy = startEnvoy(root);
    }

    /** The start line of a deployment, with other ports so that several may run here. */
    private Map<String, String> environment(Path root) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "USE_STATSD", "false", "REDIS_SOCKET_TYPE", "tcp", "REDIS_URL", "127.0.0.1:" + redisPort,
                "RUNTIME_ROOT", root.toString(), "RUNTIME_SUBDIRECTORY", "", "RUNTIME_APPDIRECTORY", "config", "RUNTIME_WATCH_ROOT", "false"));
        environment.putAll(Map.of(
                "HOST", "127.0.0.1", "PORT", String.valueOf(httpPort), "GRPC_HOST", "127.0.0.1", "GRPC_PORT", String.valueOf(grpcPort),
                "DEBUG_HOST", "127.0.0.1", "DEBUG_PORT", String.valueOf(debugPort)));
        environment.putAll(Map.of("USE_PROMETHEUS", "true", "PROMETHEUS_ADDR", "127.0.0.1:" + metricsPort, "STATS_FLUSH_INTERVAL", "100ms",
                "RESPONSE_DYNAMIC_METADATA", "true", "LIMIT_RESPONSE_HEADERS_ENABLED", "true"));
        return environment;
    }

    private Program startEnvoy(Path root) throws IOException {
        int admin = Ports.free();
        Path file = root.resolve("envoy.yaml");
        Files.writeString(file, EnvoyRateLimit.config(admin, envoyPort, grpcPort, backend.port()));
        return Program.start("dropin-envoy", List.of(Chain.envoyBinary().orElseThrow(), "-c", file.toString(), "--use-dynamic-base-id",
                        "--concurrency", "1", "--log-level", "warning"), Map.of())
                .ready(URI.create("http://127.0.0.1:" + admin + "/ready"), Duration.ofSeconds(20));
    }

    /** A request through Envoy with these headers. */
    HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + envoyPort + path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A page of the service's HTTP port. */
    HttpResponse<String> page(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> json(String question) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(http("/json")).POST(HttpRequest.BodyPublishers.ofString(question)).build(), HttpResponse.BodyHandlers.ofString());
    }

    String debug(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + debugPort + path)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    String metrics() throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private URI http(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    private static void awaitPort(int port) throws IOException {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        throw new IOException("nobody listens on port " + port);
    }

    @Override
    public void close() {
        envoy.close();
        service.close();
        redis.close();
        backend.close();
    }
}
