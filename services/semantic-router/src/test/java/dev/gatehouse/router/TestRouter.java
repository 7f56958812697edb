package dev.gatehouse.router;

import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.RequestVerdict.Forward;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.router.apply.Mark;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.compile.ExampleVectors;
import dev.gatehouse.router.compile.RoutingCompiler;
import dev.gatehouse.router.decide.AskedRequests;
import dev.gatehouse.router.external.ExternalDeciders;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.telemetry.RouterTelemetry;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.Values;
import dev.gatehouse.state.health.MemoryHealthStore;
import dev.gatehouse.state.health.SharedHealth;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The router as a host drives it, over one policy, with the encoder that ships; that is opened once for all tests. */
public final class TestRouter {

    public static final Attachment EXT_PROC = new Attachment(Protocol.EXT_PROC, BodyMode.BUFFERED, BodyMode.BUFFERED);
    public static final Attachment EXT_AUTHZ = new Attachment(Protocol.EXT_AUTHZ_HTTP, BodyMode.BUFFERED, BodyMode.NONE);

    /** Two routes with models of their own. */
    public static final String ROUTES = """
            routes:
              - name: code
                examples: [Write a function that sorts a list in Java, "Why does this Python code throw an index error?", Explain this stack trace,
                           Write a SQL query that joins two tables, Fix the compiler error in my Rust program, "How do I undo the last commit in git?"]
                target: {model: coder}
              - name: chat
                examples: ["What should I cook for dinner tonight?", Tell me a story about a dragon, Plan a weekend trip to the sea,
                           Write a birthday card for my grandmother, "How can I sleep better?", Give me ideas for a present]
                target: {model: talker}
            """;
    public static final String CODE = "Write a method that reverses a string in Kotlin";
    public static final String CHAT = "What could I bake for my brother's birthday?";
    public static final String NEITHER = "qwertz yxcvb 12345 mnbvc";

    private static final KeyedHash HASH = KeyedHash.of("the key of all routers of these tests".getBytes(StandardCharsets.UTF_8));
    private static final Keys KEYS = new Keys(HASH);
    private static final SharedHealth HEALTH = new SharedHealth(new MemoryHealthStore(1_000), Duration.ofMillis(250), new SharedHealth.LossListener() {
        @Override
        public void lost(String reason) {}

        @Override
        public void found() {}
    });

    private static final class Encoder {
        static final Embedder OPEN = Embedder.open(EncoderSettings.standard(), EmbedderSettings.STANDARD.withDeadline(Duration.ofSeconds(20)), HASH);
    }

    private final Keeping values = new Keeping(new MemoryValues(1 << 20), new Semaphore(0));
    private final RouterFeature feature;

    private TestRouter(PolicySource<SemanticRoutingPolicy, CompiledRouting> source, Embedder embedder) {
        feature = new RouterFeature(source, new ChainEmbedder(RouterFeature.NAME, embedder, HASH), requests(), new StickyRoutes(values, KEYS),
                new Mark(HASH, InstantSource.system()), new RouterTelemetry(new SimpleMeterRegistry()));
    }

    /** @param spec YAML, without targetRefs; its timeout is 20s where it names none */
    public static TestRouter of(String spec) {
        return new TestRouter(source(spec), embedder());
    }

    /** Its live traffic is embedded by this one. */
    public static TestRouter of(String spec, Embedder embedder) {
        return new TestRouter(source(spec), embedder);
    }

    public static TestRouter of(PolicySource<SemanticRoutingPolicy, CompiledRouting> source) {
        return new TestRouter(source, embedder());
    }

    public static Embedder embedder() {
        return Encoder.OPEN;
    }

    public static AskedRequests requests() {
        return new AskedRequests(HASH, GainModel.shipped());
    }

    public static StickyRoutes noSeats() {
        return new StickyRoutes(new MemoryValues(1 << 20), KEYS);
    }

    public static PolicySource<SemanticRoutingPolicy, CompiledRouting> source(String spec) {
        return FixedSource.of(SemanticRoutingPolicy.KIND, document(spec), compiler());
    }

    public static RoutingCompiler compiler() {
        ExampleVectors vectors = new ExampleVectors(text -> embedder().embedAside(text, Duration.ofSeconds(20)));
        return new RoutingCompiler(vectors, GainModel.shipped(), ExternalDeciders.of(Optional.empty(), HASH), HEALTH, KEYS, Optional.empty());
    }

    public static String document(String spec) {
        String timed = spec.contains("timeout:") ? spec : "timeout: 20s\n" + spec;
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticRoutingPolicy
                metadata: {name: test, uid: "11111111-2222-3333-4444-555555555555"}
                spec:
                  targetRefs: [{kind: Gateway, name: "*"}]
                """ + timed.indent(2);
    }

    /** What became of a request. */
    public record Sent(RequestVerdict verdict, Headers before) {

        public Forward forward() {
            return (Forward) verdict;
        }

        /** The model in the body; "untouched" where the body is as it came. */
        public String model() {
            return forward().body().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).map(body -> body.replaceAll("(?s).*\"model\":\"([^\"]*)\".*", "$1"))
                    .orElse("untouched");
        }

        /** A header field as it goes on. */
        public Optional<String> header(String name) {
            Optional<String> set = forward().headers().set().stream().filter(field -> field.name().equals(name)).map(Headers.Field::value).findFirst();
            return set.or(() -> forward().headers().remove().contains(name) ? Optional.empty() : before.first(name));
        }
    }

    /** A chat request with one user message for the model {@code auto}; the message must need no escaping. */
    public Sent chat(String text, String... headers) throws Exception {
        return chat(EXT_PROC, text, headers);
    }

    public Sent chat(Attachment attachment, String text, String... headers) throws Exception {
        return send(attachment, "/v1/chat/completions", body(text), headers);
    }

    public static String body(String text) {
        return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    public Sent send(Attachment attachment, String path, String body, String... headers) throws Exception {
        RequestHead head = head(attachment, path, headers);
        return new Sent(accepted(head).handler().request(request(head, body)), head.headers());
    }

    public Acceptance accepted(RequestHead head) {
        return feature.accept(head).orElseThrow();
    }

    public static RequestHead head(Attachment attachment, String path, String... headers) {
        Headers all = Headers.of("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            all = all.with(headers[i], headers[i + 1]);
        }
        return new RequestHead("POST", "test", path, all, Map.of(), Metadata.empty(), Optional.empty(), attachment);
    }

    public static Request request(RequestHead head, String body) {
        return new Request() {
            @Override
            public RequestHead head() {
                return head;
            }

            @Override
            public Body body() {
                return Body.whole(body.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** Waits until so many seats more have been kept since the last time. */
    public void awaitKept(int seats) throws InterruptedException {
        if (!values.puts().tryAcquire(seats, 20, TimeUnit.SECONDS)) {
            throw new AssertionError("no seat was kept");
        }
    }

    public int keptUnawaited() {
        return values.puts().availablePermits();
    }

    private record Keeping(Values values, Semaphore puts) implements Values {
        @Override
        public Optional<byte[]> get(Key key) {
            return values.get(key);
        }

        @Override
        public void put(Key key, byte[] value, Duration timeToLive) {
            values.put(key, value, timeToLive);
            puts.release();
        }

        @Override
        public boolean putIfAbsent(Key key, byte[] value, Duration timeToLive) {
            return values.putIfAbsent(key, value, timeToLive);
        }

        @Override
        public boolean delete(Key key) {
            return values.delete(key);
        }
    }
}
