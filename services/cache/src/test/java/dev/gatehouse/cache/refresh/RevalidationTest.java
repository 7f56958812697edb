package dev.gatehouse.cache.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.cache.bound.FixedBound;
import dev.gatehouse.cache.bound.Pool;
import dev.gatehouse.cache.bound.Target;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.refresh.Revalidation.Result;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.tier.Terms;
import dev.gatehouse.cache.verify.TextVerifier;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.cache.StaleWhileRevalidate;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.Values;
import dev.gatehouse.state.vector.MemoryStock;
import dev.gatehouse.state.vector.Stock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevalidationTest {

    private static final Keys KEYS = new Keys(KeyedHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    private static final String PROMPT = "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Rome?\"}]}";
    private static final String ANSWER = "{\"type\":\"message\",\"model\":\"c\",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\"Yes.\"}]}";

    /** What a backend was sent. */
    private record Asked(String path, Headers headers, String body) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final SemanticCache tiers = new SemanticCache(new MemoryStock(1 << 20), new TextVerifier(), new FixedBound(0.9), Sealer.NONE, InstantSource.system());
    private final Values shared = new MemoryValues(1 << 20);
    private volatile int status = 200;
    private volatile String answer = ANSWER;
    private HttpServer backend;

    @TempDir
    private Path credentials;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(credentials.resolve("own"), "Bearer of-the-cache\n");
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", this::answer);
        backend.start();
    }

    @AfterEach
    void stop() {
        backend.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Revalidation replica() {
        return new Revalidation(Revalidation.Place.of(Optional.of(credentials), shared, KEYS), tiers);
    }

    private static Question question(String name) {
        Terms terms = new Terms(Duration.ofHours(1), Duration.ofHours(1), false, 4, 0.8, new Stock.Caps(10, 1 << 20), 1 << 16);
        return new Question(new Pool("uid", "owner", new Target(0.01, false, 0.03)), KEYS.key("uid", "cache", "owner"), KEYS.key("uid", "cache", "set"), KEYS.key("uid", "cache", name), "label", "Rome?", () -> {
            throw new AssertionError("no vector is needed");
        }, Set.of(), terms);
    }

    private Stale stale(String name, String credential) throws Exception {
        String url = "http://127.0.0.1:" + backend.getAddress().getPort() + "/base/";
        return new Stale(question(name), LlmRequest.parse(Format.ANTHROPIC_MESSAGES, "/v1/messages", PROMPT.getBytes(StandardCharsets.UTF_8)),
                dev.gatehouse.exchange.Headers.of("anthropic-version", "2023-06-01"),
                new StaleWhileRevalidate(Duration.ofHours(1), url, Optional.ofNullable(credential), "x-api-key"), 1 << 16);
    }

    private Result result() throws InterruptedException {
        return results.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void asksTheBackendAsThePolicySaysAndKeepsTheAnswer() throws Exception {
        replica().start(stale("a", "own"), results::add);
        assertThat(result()).isEqualTo(Result.refreshed);
        Asked sent = asked.poll();
        assertThat(sent.path()).isEqualTo("/base/v1/messages");
        assertThat(sent.body()).isEqualTo(PROMPT);
        assertThat(sent.headers().get("X-api-key")).containsExactly("Bearer of-the-cache");
        assertThat(sent.headers().get("Anthropic-version")).containsExactly("2023-06-01");
        assertThat(sent.headers()).doesNotContainKey("Authorization");
        assertThat(tiers.lookup(question("a"))).isInstanceOf(Outcome.Hit.class);
    }

    @Test
    void anEntryIsAskedForOnceOverAllReplicas() throws Exception {
        replica().start(stale("a", "own"), results::add);
        assertThat(result()).isEqualTo(Result.refreshed);
        replica().start(stale("a", "own"), results::add);
        replica().start(stale("b", "own"), results::add);
        assertThat(result()).isEqualTo(Result.refreshed);
        assertThat(asked).hasSize(2);
    }

    @Test
    void withoutItsCredentialNobodyIsAsked() throws Exception {
        replica().start(stale("a", "missing"), results::add);
        assertThat(result()).isEqualTo(Result.no_credential);
        assertThat(asked).isEmpty();
    }

    @Test
    void aPolicyWhoseCredentialIsNotThereIsRefused() {
        SemanticCachePolicy policy = Documents.parse("policy.yaml", """
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticCachePolicy
                metadata: {name: test}
                spec: {targetRefs: [{kind: Gateway, name: "*"}], staleWhileRevalidate: {keep: 1m, backend: "http://a", credential: own}}
                """).documents().getFirst().bind(SemanticCachePolicy.class);
        assertThat(CacheCompiler.with(Optional.of(credentials)).compile(policy).policy()).isEqualTo(policy);
        assertThatThrownBy(() -> CacheCompiler.with(Optional.of(credentials.resolve("none"))).compile(policy)).hasMessageContaining("credential");
        assertThatThrownBy(() -> CacheCompiler.with(Optional.empty()).compile(policy)).isInstanceOf(InvalidField.class);
    }

    @Test
    void anErrorAToolCallOrADeadBackendLeavesWhatIsKept() throws Exception {
        status = 500;
        replica().start(stale("a", null), results::add);
        assertThat(result()).isEqualTo(Result.not_storable);
        status = 200;
        answer = ANSWER.replace("end_turn", "max_tokens");
        replica().start(stale("b", null), results::add);
        assertThat(result()).isEqualTo(Result.not_storable);
        backend.stop(0);
        replica().start(stale("c", null), results::add);
        assertThat(result()).isEqualTo(Result.unreachable);
        assertThat(tiers.lookup(question("a"))).isInstanceOf(Outcome.Miss.class);
    }

    @Test
    void moreThanFitAtOnceAreLeftForTheNext() throws Exception {
        Revalidation.Place place = Revalidation.Place.of(Optional.empty(), shared, KEYS);
        new Revalidation(new Revalidation.Place(place.http(), place.credentials(), shared, KEYS, 0), tiers).start(stale("a", null), results::add);
        assertThat(result()).isEqualTo(Result.busy);
    }
}
