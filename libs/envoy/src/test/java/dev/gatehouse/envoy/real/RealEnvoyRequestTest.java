package dev.gatehouse.envoy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The real Envoy as the judge: what a backend gets, and a client when nothing reaches the backend. */
@EnabledIfEnvironmentVariable(named = "GATEHOUSE_ENVOY", matches = ".+", disabledReason = "GATEHOUSE_ENVOY names no Envoy binary")
class RealEnvoyRequestTest {

    private static Bed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = new Bed();
    }

    @AfterAll
    static void stop() throws Exception {
        bed.close();
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

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void untouchedExchangePassesWithoutTheClientsControlHeaders(BodyMode mode) throws Exception {
        bed.use(TestHandler.untouched());
        Client.Answer answer = bed.client(mode).post("/echo", "hello", "x-gatehouse-tenant: evil\r\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(bed.upstream.next().head()).doesNotContain("x-gatehouse-tenant");
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void untouchedTrailersPassBothWays(BodyMode mode) throws Exception {
        bed.use(TestHandler.untouched());
        Client.Answer answer = bed.client(mode).postWithTrailers("/trailers", "hel", "lo");
        assertThat(bed.upstream.next().body()).isEqualTo("hello\ntrailers: x-sum: 1");
        assertThat(answer.body()).isEqualTo("answer\ntrailers: x-sum: 1");
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void requestWithoutBodyPassesTheHandler(BodyMode mode) throws Exception {
        TestHandler handler = bed.use(TestHandler.ofRequest(request -> {
            assertThat(request.body().bytes()).isEmpty();
            return RequestVerdict.forward();
        }));
        assertThat(bed.client(mode).get("/echo").status()).isEqualTo(200);
        assertThat(handler.ending()).isEqualTo(Ending.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void judgedRequestPassesWhole(BodyMode mode) throws Exception {
        bed.use(blocking());
        String body = "x".repeat(200_000);
        Client.Answer answer = bed.client(mode).post("/echo", body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).hasSize(body.length());
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void blockReachesTheClientAndNothingReachesTheBackend(BodyMode mode) throws Exception {
        bed.use(blocking());
        Client.Answer answer = bed.client(mode).post("/echo", "my secret");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"blocked\":true}");
        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(bed.upstream.received.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void maskedBodyReachesTheBackend(BodyMode mode) throws Exception {
        bed.use(masking());
        assertThat(bed.client(mode).post("/echo", "my secret").body()).isEqualTo("my [SECRET_1]");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = {"NONE", "STREAMED"})
    void maskedBodyWithTrailersReachesTheBackend(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofRequest(request -> request.body().isWhole()
                ? RequestVerdict.forward(bytes("masked"), HandOver.none())
                : RequestVerdict.forward()));
        bed.client(mode).postWithTrailers("/echo", "my se", "cret");
        String expected = mode == BodyMode.BUFFERED_PARTIAL ? "my secret" : "masked";
        assertThat(bed.upstream.next().body()).isEqualTo(expected + "\ntrailers: x-sum: 1");
    }

    @Test
    void streamedBodyWithTrailersIsRefusedSinceItsBytesAreLost() throws Exception {
        bed.use(masking());
        Client.Answer answer = bed.client(BodyMode.STREAMED).postWithTrailers("/echo", "my se", "cret");
        assertThat(answer.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"BUFFERED", "BUFFERED_PARTIAL", "FULL_DUPLEX_STREAMED"})
    void headersFollowTheBodyAndTheRouteIsChosenAgain(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofRequest(request -> new RequestVerdict.Forward(
                HeaderChange.none().setting("x-route", text(request.body().bytes())), Optional.empty(), HandOver.none(), true)));
        assertThat(bed.client(mode).post("/echo", "closed").status()).isEqualTo(410);
        assertThat(bed.client(mode).post("/echo", "open").status()).isEqualTo(200);
        assertThat(bed.upstream.next().head()).contains("x-route: open");
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void headersChangeWithoutTheBodyInEveryMode(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofHead(request -> new RequestVerdict.Forward(
                HeaderChange.none().setting("x-model", "small").removing("x-old"), Optional.empty(), HandOver.none(), false)));
        assertThat(bed.client(mode).post("/echo", "hello", "x-old: 1\r\n").body()).isEqualTo("hello");
        assertThat(bed.upstream.next().head()).contains("x-model: small").doesNotContain("x-old");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void hungHandlerFailsClosedWithinItsTimeout(BodyMode mode) throws Exception {
        bed.use(hanging().failing(FailureMode.FailClosed));
        long start = System.nanoTime();
        assertThat(bed.client(mode).post("/echo", "hello").status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void hungHandlerFailsOpenWithTheOriginalBytes(BodyMode mode) throws Exception {
        bed.use(hanging().failing(FailureMode.FailOpen));
        for (int i = 0; i < 10; i++) {
            assertThat(bed.client(mode).post("/echo", "hello").body()).isEqualTo("hello");
        }
    }

    /** Why a policy's timeout has to be shorter than the host's message_timeout: there Envoy ends what we would have ended. */
    @ParameterizedTest
    @CsvSource({"BUFFERED, 504", "BUFFERED_PARTIAL, 504", "STREAMED, 504", "FULL_DUPLEX_STREAMED, 503"})
    void hostsMessageTimeoutCountsExceptInFullDuplex(BodyMode mode, int status) throws Exception {
        bed.use(hanging().within(Duration.ofSeconds(2)));
        assertThat(bed.impatientClient(mode).post("/echo", "hello").status()).isEqualTo(status);
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
        bed.use(TestHandler.ofRequest(request -> {
            seen.add(request.body().extent());
            seen.add(request.body().bytes().length);
            return RequestVerdict.forward();
        }).atMost(10_000));
        String body = "0123456789".repeat(60_000);
        assertThat(bed.client(mode).post("/echo", body).body()).isEqualTo(body);
        assertThat(seen.getFirst()).hasToString("OVER_LIMIT");
        assertThat(seen.getLast()).isEqualTo(10_000);
    }

    @Test
    void attributesAndAttachmentReachTheHandler() throws Exception {
        TestHandler handler = bed.use(TestHandler.ofHead(request -> RequestVerdict.forward()));
        bed.client(BodyMode.FULL_DUPLEX_STREAMED).get("/echo?q=1");
        assertThat(handler.head.attribute("request.path")).contains("/echo?q=1");
        assertThat(handler.head.path()).isEqualTo("/echo?q=1");
        assertThat(handler.head.attachment().requestBody()).isEqualTo(BodyMode.FULL_DUPLEX_STREAMED);
    }

    @Test
    void authorizationOverGrpcBlocksPassesAndSetsHeaders() throws Exception {
        bed.use(blocking());
        Client client = bed.authzGrpcClient();
        assertThat(client.post("/echo", "my secret").status()).isEqualTo(403);
        assertThat(client.post("/echo", "hello", "x-gatehouse-tenant: evil\r\n").body()).isEqualTo("hello");
        assertThat(bed.upstream.next().head()).doesNotContain("x-gatehouse-tenant");
    }

    @Test
    void authorizationOverHttpBlocksPassesAndSetsHeaders() throws Exception {
        TestHandler handler = bed.use(TestHandler.ofRequest(request -> text(request.body().bytes()).contains("secret")
                ? RequestVerdict.reply(LocalReply.json(403, "{\"blocked\":true}"))
                : new RequestVerdict.Forward(HeaderChange.none().setting("x-model", "small"), Optional.empty(), HandOver.none(), false)));
        Client client = bed.authzHttpClient();
        assertThat(client.post("/echo?a=b", "my secret").body()).isEqualTo("{\"blocked\":true}");
        assertThat(handler.head.path()).isEqualTo("/echo?a=b");
        assertThat(client.post("/echo", "hello").body()).isEqualTo("hello");
        assertThat(bed.upstream.next().head()).contains("x-model: small");
    }

    @Test
    void cutBodyIsRecognisedOverBothAuthorizations() throws Exception {
        List<String> extents = new ArrayList<>();
        bed.use(TestHandler.ofRequest(request -> {
            extents.add(request.body().extent().name());
            return RequestVerdict.forward();
        }));
        bed.authzGrpcClient().post("/echo", "x".repeat(5_000));
        bed.authzHttpClient().post("/echo", "x".repeat(5_000));
        assertThat(extents).containsExactly("CUT_BY_HOST", "CUT_BY_HOST");
    }
}
