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
import java.util.stream.Collectors;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A backend that remembers the bytes it was sent, by the client's {@code x-test-id}, and answers with a small completion, with what
 * {@link #script} says for that id, or with {@code x-test-stream: N}: N events, one every 20 ms.
 */
public final class Backend implements AutoCloseable {

    /** What arrived. */
    public record Received(String method, String path, Map<String, List<String>> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The values of a header field; empty where there is none. */
        public String header(String name) {
            return headers.entrySet().stream().filter(field -> field.getKey().equalsIgnoreCase(name)).flatMap(field -> field.getValue().stream())
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * An answer, chunk by chunk.
     *
     * @param gap between two chunks
     * @param cut whether the connection is broken after the last chunk, in place of a proper end
     */
    public record Script(int status, Map<String, String> headers, List<byte[]> chunks, Duration gap, boolean cut) {

        /** Server-sent events, a chunk each. */
        public static Script events(List<String> data) {
            List<byte[]> chunks = data.stream().map(event -> ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8)).toList();
            return new Script(200, Map.of("content-type", "text/event-stream"), chunks, Duration.ZERO, false);
        }

        public static Script json(String body) {
            return new Script(200, Map.of("content-type", "application/json"), List.of(body.getBytes(StandardCharsets.UTF_8)), Duration.ZERO, false);
        }

        public Script every(Duration gap) {
            return new Script(status, headers, chunks, gap, cut);
        }

        public Script thenCut() {
            return new Script(status, headers, chunks, gap, true);
        }
    }

    /** How far a scripted answer has come. */
    public record Sent(int chunks, State state) {
        /** GOING while it is sent, WHOLE when all was written, CANCELLED when the peer had closed. */
        public enum State { GOING, WHOLE, CANCELLED }
    }

    private static final Duration EVENT_GAP = Duration.ofMillis(20);
    private static final String COMPLETION =
            "{\"id\":\"cmpl-1\",\"object\":\"chat.completion\",\"model\":\"demo\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}]}";

    private final HttpServer server;
    private final Map<String, Received> received = new ConcurrentHashMap<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private volatile Optional<Script> always = Optional.empty();

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

    /** What to answer to the request with that {@code x-test-id}. */
    public void script(String testId, Script script) {
        scripts.put(testId, script);
    }

    /** What to answer to all requests that have no script of their own; empty for the small completion. */
    public void always(Optional<Script> script) {
        always = script;
    }

    /** How far the scripted answer under that {@code x-test-id} has come; empty before it began. */
    public Optional<Sent> sent(String testId) {
        return Optional.ofNullable(sent.get(testId));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            remember(exchange);
            String id = Optional.ofNullable(exchange.getRequestHeaders().getFirst("x-test-id")).orElse("");
            Script script = Optional.ofNullable(scripts.get(id)).or(() -> always).orElse(null);
            if (script != null) {
                play(exchange, id, script);
                return;
            }
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

    private void play(HttpExchange exchange, String id, Script script) throws IOException {
        script.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(script.status(), script.cut() ? Integer.MAX_VALUE : 0);
        OutputStream out = exchange.getResponseBody();
        int chunks = 0;
        sent.put(id, new Sent(chunks, Sent.State.GOING));
        try {
            for (byte[] chunk : script.chunks()) {
                out.write(chunk);
                out.flush();
                sent.put(id, new Sent(++chunks, Sent.State.GOING));
                LockSupport.parkNanos(script.gap().toNanos());
            }
            sent.put(id, new Sent(chunks, Sent.State.WHOLE));
        } catch (IOException e) {
            sent.put(id, new Sent(chunks, Sent.State.CANCELLED));
            throw e;
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
