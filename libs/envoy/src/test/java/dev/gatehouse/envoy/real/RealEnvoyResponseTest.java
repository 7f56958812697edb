package dev.gatehouse.envoy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.ResponseVerdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The real Envoy as the judge: what a client gets of rewritten and replaced responses. */
@EnabledIfEnvironmentVariable(named = "GATEHOUSE_ENVOY", matches = ".+", disabledReason = "GATEHOUSE_ENVOY names no Envoy binary")
class RealEnvoyResponseTest {

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
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void responseIsRewritten(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofResponse(response -> rewriting(upperCase())));
        Client.Answer answer = bed.client(mode).post("/echo", "hello");
        assertThat(answer.body()).isEqualTo("HELLO|end");
        assertThat(answer.head()).contains("x-rewritten: yes");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"BUFFERED", "FULL_DUPLEX_STREAMED"})
    void responseWithTrailersIsRewritten(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofResponse(response -> rewriting(upperCase())));
        assertThat(bed.client(mode).get("/trailers").body()).isEqualTo("ANSWER|end\ntrailers: x-sum: 1");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"STREAMED", "FULL_DUPLEX_STREAMED"})
    void rewrittenStreamKeepsItsPace(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofResponse(response -> rewriting((in, out) -> {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                out.write(chunk);
            }
            return HandOver.none();
        })));
        bed.client(mode).get("/stream");
        List<Long> arrivals = bed.client(mode).arrivals("/stream");
        assertThat(arrivals).hasSize(5);
        assertThat(arrivals.getLast() - arrivals.getFirst()).isBetween(3L * Upstream.PACE_MILLIS, 6L * Upstream.PACE_MILLIS);
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void responseIsReplacedByItsHead(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofResponse(response -> new ResponseVerdict.Replace(LocalReply.json(502, "{\"risky\":true}"))));
        Client.Answer answer = bed.client(mode).post("/echo", "hello");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).isEqualTo("{\"risky\":true}");
        assertThat(answer.head()).contains("content-type: application/json");
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"BUFFERED", "BUFFERED_PARTIAL", "FULL_DUPLEX_STREAMED"})
    void responseIsReplacedByItsBody(BodyMode mode) throws Exception {
        bed.use(TestHandler.ofResponse(response -> text(response.body().bytes()).contains("risky")
                ? new ResponseVerdict.Replace(LocalReply.json(502, "{\"risky\":true}"))
                : ResponseVerdict.pass()));
        assertThat(bed.client(mode).post("/echo", "risky").status()).isEqualTo(502);
        assertThat(bed.client(mode).post("/echo", "safe").body()).isEqualTo("safe");
    }

    @Test
    void duplexRewriterMayEndTheStreamBeforeTheBackendDoes() throws Exception {
        TestHandler handler = bed.use(TestHandler.ofResponse(response -> rewriting((in, out) -> {
            in.next();
            out.write(bytes("data: blocked\n\n"));
            return HandOver.none();
        })));
        Client.Answer answer = bed.client(BodyMode.FULL_DUPLEX_STREAMED).get("/endless");
        assertThat(answer.body()).isEqualTo("data: blocked\n\n");
        assertThat(handler.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(bed.upstream.broken.poll(5, TimeUnit.SECONDS)).as("Envoy lets the backend go").isNotNull();
    }

    @Test
    void duplexReplacementDoesNotWaitForTheBackendsEnd() throws Exception {
        bed.use(TestHandler.ofResponse(response -> new ResponseVerdict.Replace(LocalReply.json(502, "{\"risky\":true}"))));
        Client.Answer answer = bed.client(BodyMode.FULL_DUPLEX_STREAMED).get("/endless");
        assertThat(answer.body()).isEqualTo("{\"risky\":true}");
        assertThat(bed.upstream.broken.poll(5, TimeUnit.SECONDS)).as("Envoy lets the backend go").isNotNull();
    }

    @Test
    void abortedClientClosesTheExchange() throws Exception {
        TestHandler handler = bed.use(TestHandler.ofResponse(response -> rewriting(upperCase())));
        try (var socket = bed.client(BodyMode.FULL_DUPLEX_STREAMED).connect()) {
            Client.write(socket, "GET /endless HTTP/1.1\r\nhost: a\r\n\r\n");
            Upstream.head(socket.getInputStream());
        }
        assertThat(handler.ending()).isEqualTo(Ending.ABORTED);
    }
}
