package dev.gatehouse.envoy.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.envoy.extauthz.ExtAuthzService;
import dev.gatehouse.envoy.extauthz.HttpAuthz;
import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.ResponseVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The real Envoy as the judge: what a client and a backend see through every body mode. */
@EnabledIfEnvironmentVariable(named = "GATEHOUSE_ENVOY", matches = ".+", disabledReason = "GATEHOUSE_ENVOY names no Envoy binary")
class RealEnvoyTest {

    /** Hands on to the feature of the test that runs. */
    private static final class Current implements Feature {
        private volatile TestHandler handler = TestHandler.untouched();

        @Override
        public String name() {
            return "guard";
        }

        @Override
        public Optional<Acceptance> accept(RequestHead head) {
            return handler.accept(head);
        }
    }

    private static final Current CURRENT = new Current();
    private static final Map<BodyMode, Integer> PORTS = new EnumMap<>(BodyMode.class);
    private static final Map<BodyMode, Integer> IMPATIENT_PORTS = new EnumMap<>(BodyMode.class);
    private static Upstream upstream;
    private static EnvoyServer server;
    private static HttpServer httpServer;
    private static EnvoyProcess envoy;
    private static int authzGrpcPort;
    private static int authzHttpPort;

    @BeforeAll
    static void start() throws Exception {
        upstream = new Upstream();
        server = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0), List.of(
                new ExtProcService(CURRENT, ExchangeObserver.NONE), new ExtAuthzService(CURRENT, ExchangeObserver.NONE)));
        server.ready(true);
        httpServer = httpAuthz();
        envoy = startEnvoy();
    }

    private static EnvoyProcess startEnvoy() throws Exception {
        int admin = EnvoyProcess.freePort();
        Configuration configuration = new Configuration(admin)
                .cluster("upstream", upstream.port(), false)
                .cluster("gatehouse", server.port(), true)
                .cluster("gatehouse-http", httpServer.getAddress().getPort(), false);
        for (BodyMode mode : BodyMode.values()) {
            PORTS.put(mode, EnvoyProcess.freePort());
            configuration.listener(PORTS.get(mode), Configuration.extProc("gatehouse", mode.name(), false, "5s"));
            IMPATIENT_PORTS.put(mode, EnvoyProcess.freePort());
            configuration.listener(IMPATIENT_PORTS.get(mode), Configuration.extProc("gatehouse", mode.name(), false, "0.2s"));
        }
        authzGrpcPort = EnvoyProcess.freePort();
        authzHttpPort = EnvoyProcess.freePort();
        configuration.listener(authzGrpcPort, Configuration.extAuthzGrpc("gatehouse"));
        configuration.listener(authzHttpPort, Configuration.extAuthzHttp("gatehouse-http", httpServer.getAddress().getPort()));
        return new EnvoyProcess(System.getenv("GATEHOUSE_ENVOY"), configuration.render(), admin);
    }

    private static HttpServer httpAuthz() throws IOException {
        HttpAuthz authz = new HttpAuthz(CURRENT, ExchangeObserver.NONE, "/authz");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/authz", exchange -> answer(exchange, authz));
        http.start();
        return http;
    }

    private static void answer(HttpExchange exchange, HttpAuthz authz) throws IOException {
        List<Headers.Field> fields = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpAuthz.Result result = authz.check(new HttpAuthz.Incoming(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), new Headers(fields), body)).toCompletableFuture().join();
        result.headers().fields().forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        exchange.sendResponseHeaders(result.status(), result.body().length == 0 ? -1 : result.body().length);
        exchange.getResponseBody().write(result.body());
        exchange.close();
    }

    @AfterAll
    static void stop() throws Exception {
        envoy.close();
        server.close();
        httpServer.stop(0);
        upstream.close();
    }

    @BeforeEach
    void forget() {
        upstream.received.clear();
        upstream.broken.clear();
    }

    private static Client client(BodyMode mode) {
        return new Client(PORTS.get(mode));
    }

    private static TestHandler use(TestHandler handler) {
        CURRENT.handler = handler;
        return handler;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static TestHandler masking() {
        return TestHandler.ofRequest(request -> RequestVerdict.forward(
                bytes(text(request.body().bytes()).replace("secret", "[SECRET_1]")), HandOver.none()));
    }

    private static TestHandler blocking() {
        return TestHandler.ofRequest(request -> text(request.body().bytes()).contains("secret")
                ? RequestVerdict.reply(LocalReply.json(403, "{\"blocked\":true}"))
                : RequestVerdict.forward());
    }

    private static BodyRewriter upperCase() {
        return (in, out) -> {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                out.write(bytes(text(chunk).toUpperCase(Locale.ROOT)));
            }
            out.write(bytes("|end"));
            return HandOver.none();
        };
    }

    private static ResponseVerdict rewriting(BodyRewriter rewriter) {
        return new ResponseVerdict.Rewrite(HeaderChange.none().setting("x-rewritten", "yes"), HandOver.none(), rewriter);
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void untouchedExchangePassesWithoutTheClientsControlHeaders(BodyMode mode) throws Exception {
        use(TestHandler.untouched());
        Client.Answer answer = client(mode).post("/echo", "hello", "x-gatehouse-tenant: evil\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(upstream.next().head()).doesNotContain("x-gatehouse-tenant");
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void untouchedTrailersPassBothWays(BodyMode mode) throws Exception {
        use(TestHandler.untouched());
        Client.Answer answer = client(mode).postWithTrailers("/trailers", "hel", "lo");
        assertThat(upstream.next().body()).isEqualTo("hello\ntrailers: x-sum: 1");
        assertThat(answer.body()).isEqualTo("answer\ntrailers: x-sum: 1");
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void requestWithoutBodyPassesTheHandler(BodyMode mode) throws Exception {
        TestHandler handler = use(TestHandler.ofRequest(request -> {
            assertThat(request.body().bytes()).isEmpty();
            return RequestVerdict.forward();
        }));
        assertThat(client(mode).get("/echo").status()).isEqualTo(200);
        assertThat(handler.ending()).isEqualTo(Ending.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void judgedRequestPassesWhole(BodyMode mode) throws Exception {
        use(blocking());
        String body = "x".repeat(200_000);
        Client.Answer answer = client(mode).post("/echo", body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(body.length());
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void blockReachesTheClientAndNothingReachesTheBackend(BodyMode mode) throws Exception {
        use(blocking());
        Client.Answer answer = client(mode).post("/echo", "my secret");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"blocked\":true}");
        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(upstream.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void maskedBodyReachesTheBackend(BodyMode mode) throws Exception {
        use(masking());
        assertThat(client(mode).post("/echo", "my secret").body()).isEqualTo("my [SECRET_1]");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = {"NONE", "STREAMED"})
    void maskedBodyWithTrailersReachesTheBackend(BodyMode mode) throws Exception {
        use(TestHandler.ofRequest(request -> request.body().isWhole()
                ? RequestVerdict.forward(bytes("masked"), HandOver.none())
                : RequestVerdict.forward()));
        client(mode).postWithTrailers("/echo", "my se", "cret");
        String expected = mode == BodyMode.BUFFERED_PARTIAL ? "my secret" : "masked";
        assertThat(upstream.next().body()).isEqualTo(expected + "\ntrailers: x-sum: 1");
    }

    @Test
    void streamedBodyWithTrailersIsRefusedSinceItsBytesAreLost() throws Exception {
        use(masking());
        Client.Answer answer = client(BodyMode.STREAMED).postWithTrailers("/echo", "my se", "cret");
        assertThat(answer.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"BUFFERED", "BUFFERED_PARTIAL", "FULL_DUPLEX_STREAMED"})
    void headersFollowTheBodyAndTheRouteIsChosenAgain(BodyMode mode) throws Exception {
        use(TestHandler.ofRequest(request -> new RequestVerdict.Forward(
                HeaderChange.none().setting("x-route", text(request.body().bytes())), Optional.empty(), HandOver.none(), true)));
        assertThat(client(mode).post("/echo", "closed").status()).isEqualTo(410);
        assertThat(client(mode).post("/echo", "open").status()).isEqualTo(200);
        assertThat(upstream.next().head()).contains("x-route: open");
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void headersChangeWithoutTheBodyInEveryMode(BodyMode mode) throws Exception {
        use(TestHandler.ofHead(request -> new RequestVerdict.Forward(
                HeaderChange.none().setting("x-model", "small").removing("x-old"), Optional.empty(), HandOver.none(), false)));
        assertThat(client(mode).post("/echo", "hello", "x-old: 1\r\n").body()).isEqualTo("hello");
        assertThat(upstream.next().head()).contains("x-model: small").doesNotContain("x-old");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void hungHandlerFailsClosedWithinItsTimeout(BodyMode mode) throws Exception {
        use(hanging().failing(FailureMode.FailClosed));
        long start = System.nanoTime();
        assertThat(client(mode).post("/echo", "hello").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void hungHandlerFailsOpenWithTheOriginalBytes(BodyMode mode) throws Exception {
        use(hanging().failing(FailureMode.FailOpen));
        for (int i = 0; i < 10; i++) {
            assertThat(client(mode).post("/echo", "hello").body()).isEqualTo("hello");
        }
    }

    /** Why a policy's timeout has to be shorter than the host's message_timeout: there Envoy ends what we would have ended. */
    @ParameterizedTest
    @CsvSource({"BUFFERED, 504", "BUFFERED_PARTIAL, 504", "STREAMED, 504", "FULL_DUPLEX_STREAMED, 503"})
    void hostsMessageTimeoutCountsExceptInFullDuplex(BodyMode mode, int status) throws Exception {
        use(hanging().within(Duration.ofSeconds(2)));
        assertThat(new Client(IMPATIENT_PORTS.get(mode)).post("/echo", "hello").status()).isEqualTo(status);
    }

    private static TestHandler hanging() {
        return TestHandler.ofRequest(request -> {
            request.body();
            Thread.sleep(60_000);
            return RequestVerdict.forward();
        }).within(Duration.ofMillis(100));
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void bodyOverTheLimitIsSeenAsSuchAndPassesWhole(BodyMode mode) throws Exception {
        List<Object> seen = new ArrayList<>();
        use(TestHandler.ofRequest(request -> {
            seen.add(request.body().extent());
            seen.add(request.body().bytes().length);
            return RequestVerdict.forward();
        }).atMost(10_000));
        String body = "0123456789".repeat(60_000);
        assertThat(client(mode).post("/echo", body).body()).isEqualTo(body);
        assertThat(seen.getFirst()).hasToString("OVER_LIMIT");
        assertThat(seen.getLast()).isEqualTo(10_000);
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void responseIsRewritten(BodyMode mode) throws Exception {
        use(TestHandler.ofResponse(response -> rewriting(upperCase())));
        Client.Answer answer = client(mode).post("/echo", "hello");
        assertThat(answer.body()).isEqualTo("HELLO|end");
        assertThat(answer.head()).contains("x-rewritten: yes");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"BUFFERED", "FULL_DUPLEX_STREAMED"})
    void responseWithTrailersIsRewritten(BodyMode mode) throws Exception {
        use(TestHandler.ofResponse(response -> rewriting(upperCase())));
        assertThat(client(mode).get("/trailers").body()).isEqualTo("ANSWER|end\ntrailers: x-sum: 1");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"STREAMED", "FULL_DUPLEX_STREAMED"})
    void rewrittenStreamKeepsItsPace(BodyMode mode) throws Exception {
        use(TestHandler.ofResponse(response -> rewriting((in, out) -> {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                out.write(chunk);
            }
            return HandOver.none();
        })));
        client(mode).get("/stream");
        List<Long> arrivals = client(mode).arrivals("/stream");
        assertThat(arrivals).hasSize(5);
        assertThat(arrivals.getLast() - arrivals.getFirst()).isBetween(3L * Upstream.PACE_MILLIS, 6L * Upstream.PACE_MILLIS);
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void responseIsReplacedByItsHead(BodyMode mode) throws Exception {
        use(TestHandler.ofResponse(response -> new ResponseVerdict.Replace(LocalReply.json(502, "{\"risky\":true}"))));
        Client.Answer answer = client(mode).post("/echo", "hello");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("{\"risky\":true}");
        assertThat(answer.head()).contains("content-type: application/json");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"BUFFERED", "BUFFERED_PARTIAL", "FULL_DUPLEX_STREAMED"})
    void responseIsReplacedByItsBody(BodyMode mode) throws Exception {
        use(TestHandler.ofResponse(response -> text(response.body().bytes()).contains("risky")
                ? new ResponseVerdict.Replace(LocalReply.json(502, "{\"risky\":true}"))
                : ResponseVerdict.pass()));
        assertThat(client(mode).post("/echo", "risky").status()).isEqualTo(502);
        assertThat(client(mode).post("/echo", "safe").body()).isEqualTo("safe");
    }

    @Test
    void duplexRewriterMayEndTheStreamBeforeTheBackendDoes() throws Exception {
        TestHandler handler = use(TestHandler.ofResponse(response -> rewriting((in, out) -> {
            in.next();
            out.write(bytes("data: blocked\n\n"));
            return HandOver.none();
        })));
        Client.Answer answer = client(BodyMode.FULL_DUPLEX_STREAMED).get("/endless");
        assertThat(answer.body()).isEqualTo("data: blocked\n\n");
        assertThat(handler.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(upstream.broken.poll(5, TimeUnit.SECONDS)).as("Envoy lets the backend go").isNotNull();
    }

    @Test
    void duplexReplacementDoesNotWaitForTheBackendsEnd() throws Exception {
        use(TestHandler.ofResponse(response -> new ResponseVerdict.Replace(LocalReply.json(502, "{\"risky\":true}"))));
        Client.Answer answer = client(BodyMode.FULL_DUPLEX_STREAMED).get("/endless");
        assertThat(answer.body()).isEqualTo("{\"risky\":true}");
        assertThat(upstream.broken.poll(5, TimeUnit.SECONDS)).as("Envoy lets the backend go").isNotNull();
    }

    @Test
    void abortedClientClosesTheExchange() throws Exception {
        TestHandler handler = use(TestHandler.ofResponse(response -> rewriting(upperCase())));
        try (var socket = client(BodyMode.FULL_DUPLEX_STREAMED).connect()) {
            Client.write(socket, "GET /endless HTTP/1.1\r\nhost: a\r\n\r\n");
            Upstream.head(socket.getInputStream());
        }
        assertThat(handler.ending()).isEqualTo(Ending.ABORTED);
    }

    @Test
    void attributesAndAttachmentReachTheHandler() throws Exception {
        TestHandler handler = use(TestHandler.ofHead(request -> RequestVerdict.forward()));
        client(BodyMode.FULL_DUPLEX_STREAMED).get("/echo?q=1");
        assertThat(handler.head.attribute("request.path")).contains("/echo?q=1");
        assertThat(handler.head.path()).isEqualTo("/echo?q=1");
        assertThat(handler.head.attachment().requestBody()).isEqualTo(BodyMode.FULL_DUPLEX_STREAMED);
    }

    @Test
    void authorizationOverGrpcBlocksPassesAndSetsHeaders() throws Exception {
        use(blocking());
        Client client = new Client(authzGrpcPort);
        assertThat(client.post("/echo", "my secret").status()).isEqualTo(403);
        assertThat(client.post("/echo", "hello", "x-gatehouse-tenant: evil\r\n").body()).isEqualTo("hello");
        assertThat(upstream.next().head()).doesNotContain("x-gatehouse-tenant");
    }

    @Test
    void authorizationOverHttpBlocksPassesAndSetsHeaders() throws Exception {
        TestHandler handler = use(TestHandler.ofRequest(request -> text(request.body().bytes()).contains("secret")
                ? RequestVerdict.reply(LocalReply.json(403, "{\"blocked\":true}"))
                : new RequestVerdict.Forward(HeaderChange.none().setting("x-model", "small"), Optional.empty(), HandOver.none(), false)));
        Client client = new Client(authzHttpPort);
        assertThat(client.post("/echo?a=b", "my secret").body()).isEqualTo("{\"blocked\":true}");
        assertThat(handler.head.path()).isEqualTo("/echo?a=b");
        assertThat(client.post("/echo", "hello").body()).isEqualTo("hello");
        assertThat(upstream.next().head()).contains("x-model: small");
    }

    @Test
    void cutBodyIsRecognisedOverBothAuthorizations() throws Exception {
        List<String> extents = new ArrayList<>();
        use(TestHandler.ofRequest(request -> {
            extents.add(request.body().extent().name());
            return RequestVerdict.forward();
        }));
        new Client(authzGrpcPort).post("/echo", "x".repeat(5_000));
        new Client(authzHttpPort).post("/echo", "x".repeat(5_000));
        assertThat(extents).containsExactly("CUT_BY_HOST", "CUT_BY_HOST");
    }
}
