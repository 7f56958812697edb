package dev.gatehouse.it.router;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Backend.Received;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Replica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Envoy with services before it, a backend for the model {@code coder}, one for {@code talker}, and one that takes all else. */
record RouterBed(Chain chain, Backend coder, Backend talker) implements AutoCloseable {

    /** Two routes; what is to be added to the spec goes before. */
    static final String ROUTES = """
            timeout: 5s
            routes:
              - name: code
                examples: [Write a function that sorts a list in Java, "Why does this Python code throw an index error?", Explain this stack trace,
                           Write a SQL query that joins two tables, Fix the compiler error in my Rust program, "How do I undo the last commit in git?"]
                target: {model: coder, fallback: [talker]}
              - name: chat
                examples: ["What should I cook for dinner tonight?", Tell me a story about a dragon, Plan a weekend trip to the sea,
                           Write a birthday card for my grandmother, "How can I sleep better?", Give me ideas for a present]
                target: {model: talker}
            """;
    static final String CODE = "Write a method that reverses a string in Kotlin";
    static final String CHAT = "What could I bake for my brother's birthday?";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Skips the test where there is no Envoy. */
    static RouterBed start(String name, String spec, Member... members) throws IOException {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes(name);
        Policies.write(config, "SemanticRoutingPolicy", name, spec);
        return start(name, config, members);
    }

    static RouterBed start(String name, Path config, Member... members) throws IOException {
        Backend coder = new Backend();
        Backend talker = new Backend();
        Map<String, Integer> models = Map.of("coder", coder.port(), "talker", talker.port());
        return new RouterBed(Chain.startRouted(models, name, config, false, members), coder, talker);
    }

    /** A router that shares its secret with the other members of the test bed; on a busy machine it waits longer for its vectors than by default. */
    static Member router(String name) throws IOException {
        return router(name, Map.of());
    }

    static Member router(String name, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("GATEHOUSE_HASH_KEY_FILE", key(name), "GATEHOUSE_EMBEDDING_DEADLINE", "10s"));
        all.putAll(more);
        return Member.of("semantic-router").with(all);
    }

    static String key(String name) throws IOException {
        return Files.writeString(Path.of("target", name + ".key"), "a key that all services of a test share").toAbsolutePath().toString();
    }

    /** Sends a chat request with one user message, which must need no escaping, for the model {@code auto}. */
    HttpResponse<String> ask(Attached attached, String id, String text, String... headers) throws Exception {
        return send(attached, id, body("auto", text), headers);
    }

    HttpResponse<String> send(Attached attached, String id, String body, String... headers) throws Exception {
        HttpRequest.Builder request = Client.chat(chain.listener(attached), id, body.getBytes());
        return Client.send(headers.length == 0 ? request : request.headers(headers));
    }

    static String body(String model, String text) {
        return "{\"model\":\"" + model + "\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    /** The backend that got the request: coder, talker, other or nobody. */
    String reached(String id) {
        if (coder.received(id).isPresent()) {
            return "coder";
        }
        return talker.received(id).isPresent() ? "talker" : chain.backend().received(id).isPresent() ? "other" : "nobody";
    }

    Received received(String id) {
        return Optional.of(coder).flatMap(backend -> backend.received(id)).or(() -> talker.received(id)).or(() -> chain.backend().received(id)).orElseThrow();
    }

    /** What a dry run of the first replica says. */
    JsonNode explain(String text) throws Exception {
        return explain(chain.service("semantic-router"), JSON.writeValueAsString(Map.of("text", text)));
    }

    /** What a dry run says of many, one a line. */
    String explainLines(String questions) throws Exception {
        URI page = chain.service("semantic-router").management().resolve("/v1/route");
        HttpRequest post = HttpRequest.newBuilder(page).header("content-type", "application/x-ndjson").POST(HttpRequest.BodyPublishers.ofString(questions)).build();
        return HTTP.send(post, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** As curl sends it when nobody says what it is. */
    static JsonNode explain(Replica replica, String question) throws Exception {
        URI page = replica.management().resolve("/v1/route");
        HttpRequest post = HttpRequest.newBuilder(page).header("content-type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(question)).build();
        return JSON.readTree(HTTP.send(post, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        chain.close();
        coder.close();
        talker.close();
    }
}
