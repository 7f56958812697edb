package dev.gatehouse.ratelimit.descriptor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The real envoyproxy/ratelimit, the program that GATEHOUSE_RATELIMIT_GO names, with the configuration files of a folder. */
final class GoService implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final int metrics = Ports.free();
    private final Process process;

    GoService(Path root, String redis, Map<String, String> more) throws Exception {
        String program = System.getenv("GATEHOUSE_RATELIMIT_GO");
        assumeTrue(program != null, "GATEHOUSE_RATELIMIT_GO names no envoyproxy/ratelimit to compare with");
        ProcessBuilder builder = new ProcessBuilder(program);
        builder.environment().putAll(environment(root, redis));
        builder.environment().putAll(more);
        process = builder.redirectErrorStream(true).redirectOutput(Files.createTempFile("ratelimit", ".log").toFile()).start();
        awaitHealthy();
    }

    private Map<String, String> environment(Path root, String redis) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "USE_STATSD", "false", "USE_PROMETHEUS", "true", "PROMETHEUS_ADDR", "127.0.0.1:" + metrics, "STATS_FLUSH_INTERVAL", "100ms",
                "REDIS_SOCKET_TYPE", "tcp", "REDIS_URL", redis, "RUNTIME_ROOT", root.toString(), "RUNTIME_WATCH_ROOT", "false"));
        environment.putAll(Map.of("RUNTIME_APPDIRECTORY", "config", "HOST", "127.0.0.1", "PORT", String.valueOf(port),
                "GRPC_HOST", "127.0.0.1", "GRPC_PORT", String.valueOf(Ports.free()),
                "DEBUG_HOST", "127.0.0.1", "DEBUG_PORT", String.valueOf(Ports.free()), "LOG_LEVEL", "ERROR"));
        return environment;
    }

    HttpResponse<String> json(String request) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
                .POST(HttpRequest.BodyPublishers.ofString(request)).timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }

    String metrics() throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics + "/metrics")).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private void awaitHealthy() throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthcheck")).build();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try {
                if (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("envoyproxy/ratelimit did not become healthy");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
