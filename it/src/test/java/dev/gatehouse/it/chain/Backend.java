package dev.gatehouse.it.chain;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A backend that remembers the bytes it was sent, by the client's {@code x-test-id}, and answers with a small completion; with
 * {@code x-test-stream: N} it streams N events, one every 20 ms.
 */
public final class Backend implements AutoCloseable {

    /** What arrived. */
    public record Received(String method, String path, Map<String, List<String>> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final Duration EVENT_GAP = Duration.ofMillis(20);
    private static final String COMPLETION =
            "{\"id\":\"cmpl-1\",\"object\":\"chat.completion\",\"model\":\"demo\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}]}";

    private final HttpServer server;
    private final Map<String, Received> received = new ConcurrentHashMap<>();

    public Backend() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** What arrived under that {@code x-test-id}; empty when nothing reached the backend. */
    public Optional<Received> received(String testId) {
        return Optional.ofNullable(received.get(testId));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            remember(exchange);
            String events = exchange.getRequestHeaders().getFirst("x-test-stream");
            if (events == null) {
                reply(exchange);
            } else {
                stream(exchange, Integer.parseInt(events));
            }
        }
    }

    private void remember(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("x-test-id");
        if (id != null) {
            received.put(id, new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()), body));
        }
    }

    private static void reply(HttpExchange exchange) throws IOException {
        byte[] body = COMPLETION.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void stream(HttpExchange exchange, int events) throws IOException {
        exchange.getResponseHeaders().set("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int i = 0; i < events; i++) {
            out.write(("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word" + i + " \"}}]}\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            LockSupport.parkNanos(EVENT_GAP.toNanos());
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }
}
