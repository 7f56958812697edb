package dev.gatehouse.router;

import static dev.gatehouse.router.TestRouter.CHAT;
import static dev.gatehouse.router.TestRouter.CODE;
import static dev.gatehouse.router.TestRouter.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.router.TestRouter.Sent;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What holds whatever happens: time, headers of clients, marks, and policies that only watch. */
class BoundsTest {

    private static final String[] FORGED = {"x-gateway-model-name", "dear", "x-model", "dear", "x-gateway-routed", "forged", "x-pool", "dear"};
    private static final String HEADERS = "header: x-model\ndefaultTarget: {model: small, headers: {x-pool: small}}\n";

    /** An encoder that never answers: the default is taken before the policy's timeout, 500 ms, ends the exchange. */
    @Test
    void anEncoderThatHangsLeavesTimeForTheDefault() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        HttpServer silent = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        silent.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        silent.createContext("/", exchange -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        silent.start();
        URI url = URI.create("http://127.0.0.1:" + silent.getAddress().getPort() + "/v1");
        EncoderSettings hanging = new EncoderSettings.Endpoint(url, "m", 384, Optional.empty(), Duration.ofSeconds(20), 8, 1_000);
        try (Embedder embedder = Embedder.open(hanging, EmbedderSettings.STANDARD, KeyedHash.random())) {
            TestRouter router = TestRouter.of("timeout: 500ms\n" + HEADERS + ROUTES, embedder);
            long began = System.nanoTime();
            Sent sent = router.chat(CODE, FORGED);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
            assertThat(sent.model()).isEqualTo("small");
            assertThat(sent.header("x-pool")).contains("small");
        } finally {
            gate.countDown();
            silent.stop(0);
        }
    }

    /** 100 KiB are more than the encoder reads: nobody waits for it. */
    @Test
    void aHugePromptTakesTheDefaultAtOnce() throws Exception {
        TestRouter router = TestRouter.of("timeout: 500ms\n" + HEADERS + ROUTES);
        long began = System.nanoTime();
        Sent sent = router.chat("lorem ipsum dolor ".repeat(6_000));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
        assertThat(sent.model()).isEqualTo("small");
        assertThat(sent.header("x-gateway-model-name")).contains("small");
    }

    @Test
    void whereNobodyDecidesClientsHeadersAreTakenAwayToo() {
        TestRouter router = TestRouter.of(HEADERS + ROUTES);
        RequestHead head = TestRouter.head(TestRouter.EXT_PROC, "/v1/chat/completions", FORGED);
        HeaderChange change = router.accepted(head).handler().unjudged();
        assertThat(change.remove()).contains("x-gateway-model-name", "x-model", "x-gateway-routed", "x-pool", "x-gateway-base-model-name");
    }

    @Test
    void aPolicyThatOnlyWatchesChangesNothing() throws Exception {
        TestRouter router = TestRouter.of("mode: Shadow\nfailureMode: FailClosed\nsticky: {}\nidentity: {conversation: {header: x-talk}}\n" + HEADERS + ROUTES);
        for (var attachment : new dev.gatehouse.exchange.Attachment[] {TestRouter.EXT_PROC, TestRouter.EXT_AUTHZ}) {
            RequestHead head = TestRouter.head(attachment, "/v1/chat/completions", FORGED);
            Acceptance acceptance = router.accepted(head);
            RequestVerdict.Forward forward = (RequestVerdict.Forward) acceptance.handler().request(TestRouter.request(head, TestRouter.body(CODE)));
            assertThat(forward.headers().isEmpty()).isTrue();
            assertThat(forward.clearRouteCache()).isFalse();
            assertThat(forward.body()).isEmpty();
            assertThat(acceptance.failureMode()).isEqualTo(FailureMode.FailOpen);
            assertThat(acceptance.handler().unjudged().isEmpty()).isTrue();
        }
        assertThat(router.keptUnawaited()).isZero();
    }

    // --- marks

    private static String[] routed(Sent first, String... more) {
        String[] own = {"x-gateway-routed", first.header("x-gateway-routed").orElseThrow()};
        String[] all = new String[own.length + more.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(more, 0, all, own.length, more.length);
        return all;
    }

    @Test
    void whatOneGatewayHasRoutedTheNextLeavesAndCleansWhatTheFirstDidNotSet() throws Exception {
        Sent first = TestRouter.of(ROUTES).chat(CODE);
        TestRouter second = TestRouter.of("header: x-model\n" + ROUTES);
        String body = TestRouter.body(CHAT).replace("auto", "coder");
        Sent again = second.send(TestRouter.EXT_PROC, "/v1/chat/completions", body, routed(first, "x-gateway-model-name", "coder", "x-model", "dear"));
        assertThat(again.model()).isEqualTo("untouched");
        assertThat(again.header("x-gateway-model-name")).contains("coder");
        assertThat(again.header("x-model")).isEmpty();
        assertThat(again.header("x-gateway-routed")).isPresent();
    }

    @Test
    void aMarkIsWorthNothingForAnotherModelOrHeader() throws Exception {
        TestRouter router = TestRouter.of(ROUTES);
        Sent first = router.chat(CODE);
        String dear = TestRouter.body(CHAT).replace("auto", "dear");
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", dear, routed(first, "x-gateway-model-name", "dear")).model()).isEqualTo("talker");
        String coder = TestRouter.body(CHAT).replace("auto", "coder");
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", coder, routed(first, "x-gateway-model-name", "dear")).model()).isEqualTo("talker");
    }

    /** A target of headers only says nothing of the model: its mark holds for the model that was asked for, and for those headers. */
    @Test
    void aMarkOfHeadersIsBoundToThemAndToTheModel() throws Exception {
        String pools = ROUTES.replaceAll("\\{model: (\\w+)}", "{headers: {x-pool: $1}}");
        TestRouter router = TestRouter.of(pools);
        Sent first = router.chat(CODE);
        assertThat(router.chat(CHAT, routed(first, "x-pool", "coder")).header("x-pool")).as("left").contains("coder");
        assertThat(router.chat(CHAT, routed(first, "x-pool", "dear")).header("x-pool")).as("another value").contains("talker");
        String dear = TestRouter.body(CHAT).replace("auto", "dear");
        assertThat(router.send(TestRouter.EXT_PROC, "/v1/chat/completions", dear, routed(first, "x-pool", "coder")).header("x-pool")).as("another model").contains("talker");
        assertThat(router.chat(CHAT, routed(first, "x-pool", "coder", "x-gateway-model-name", "dear")).header("x-gateway-model-name")).isEmpty();
    }
}
