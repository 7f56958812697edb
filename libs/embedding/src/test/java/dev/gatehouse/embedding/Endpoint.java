package dev.gatehouse.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** An embedding endpoint over HTTP, of OpenAI's form. A vector says how long its text is. */
final class Endpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Texts of each request that came. */
    final List<List<String>> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    /** Down to zero: it answers. */
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile int status = 200;
    volatile int dimensions = 4;
    volatile String refused = "no text is this";
    volatile long millis;

    Endpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/v1/embeddings", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode input = JSON.readTree(exchange.getRequestBody()).get("input");
        List<String> texts = StreamSupport.stream(input.spliterator(), false).map(JsonNode::asText).toList();
        requests.add(texts);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        await();
        boolean refuses = texts.contains(refused);
        ObjectNode answer = refuses || status != 200 ? error(texts) : vectors(texts);
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(refuses ? 400 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void await() {
        try {
            gate.await(30, TimeUnit.SECONDS);
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As real ones do, it quotes what it was sent. */
    private static ObjectNode error(List<String> texts) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error").put("message", "cannot embed " + texts).put("type", "invalid_request_error");
        return answer;
    }

    private ObjectNode vectors(List<String> texts) {
        ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", "m");
        var data = answer.putArray("data");
        for (int i = 0; i < texts.size(); i++) {
            var vector = data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            vector.add(texts.get(i).length());
            for (int d = 1; d < dimensions; d++) {
                vector.add(100);
            }
        }
        answer.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
        return answer;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
