package dev.gatehouse.envoy.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.ResponseVerdict;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.HeaderSendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams as a whole: untouched, begun at the response, aborted, and out of order. */
class ConversationTest {

    @Test
    void untouchedExchangeIsAnsweredOnTheThreadThatBroughtTheMessage() throws Exception {
        TestHandler feature = TestHandler.untouched();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false);
            assertThat(feature.acceptThread).isSameAs(Thread.currentThread());
            assertThat(exchange.isQuiet()).as("answered before send returned").isFalse();
            exchange.next();
            exchange.requestChunk("hello", true);
            assertThat(exchange.isQuiet()).isFalse();
            exchange.next();
            exchange.responseHead(false).responseChunk("hi", true);
            assertThat(exchange.next().hasResponseHeaders()).isTrue();
            assertThat(exchange.next().hasResponseBody()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = EnumSource.Mode.EXCLUDE, names = "FULL_DUPLEX_STREAMED")
    void untouchedExchangeIsLeftAfterItsHeadWhereTheHostKeepsACopy(BodyMode mode) throws Exception {
        try (Host host = new Host(TestHandler.untouched())) {
            Host.Exchange exchange = host.open(mode).requestHead(false);
            assertThat(exchange.next().hasRequestHeaders()).isTrue();
            exchange.ended();
        }
    }

    @Test
    void handlerThatWantsNoResponseHasTheHostSkipIt() throws Exception {
        try (Host host = new Host(TestHandler.ofRequest(request -> RequestVerdict.forward()))) {
            ProcessingResponse head = host.open(BodyMode.BUFFERED).requestHead(false).next();
            assertThat(head.getModeOverride().getResponseHeaderMode()).isEqualTo(HeaderSendMode.SKIP);
            assertThat(head.getModeOverride().getRequestBodyMode()).isEqualTo(BodySendMode.BUFFERED);
            assertThat(host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false).next().hasModeOverride()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void exchangeThatBeginsAtTheResponsePassesUnseen(BodyMode mode) throws Exception {
        TestHandler feature = TestHandler.ofBoth(request -> RequestVerdict.forward(), response -> ResponseVerdict.pass());
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(mode).responseHead(false);
            assertThat(exchange.next().hasResponseHeaders()).isTrue();
            assertThat(feature.head).isNull();
        }
    }

    @Test
    void hostThatSendsABodyBeforeItsHeadIsRefused() throws Exception {
        try (Host host = new Host(TestHandler.untouched())) {
            Host.Exchange exchange = host.open(BodyMode.BUFFERED).requestChunk("hello", true);
            assertThat(exchange.next().getImmediateResponse().getStatus().getCodeValue()).isEqualTo(500);
        }
    }

    @Test
    void featureThatCannotSayWhetherItTakesPartFailsClosed() throws Exception {
        var feature = new Feature() {
            @Override
            public String name() {
                return "guard";
            }

            @Override
            public Optional<Acceptance> accept(RequestHead head) {
                throw new IllegalStateException("broken");
            }
        };
        try (Host host = new Host(feature)) {
            assertThat(host.open(BodyMode.BUFFERED).requestHead(false).next().getImmediateResponse().getStatus().getCodeValue()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void cancelledStreamClosesTheHandlerOnce(BodyMode mode) throws Exception {
        TestHandler feature = TestHandler.ofBoth(request -> {
            request.body();
            return RequestVerdict.forward();
        }, response -> ResponseVerdict.pass());
        try (Host host = new Host(feature)) {
            host.open(mode).requestHead(false).cancel();
            assertThat(feature.ending()).isEqualTo(Ending.ABORTED);
            assertThat(feature.endings.poll(50, TimeUnit.MILLISECONDS)).isNull();
        }
    }

    @Test
    void streamThatClosesBeforeTheResponseIsAborted() throws Exception {
        TestHandler feature = TestHandler.ofResponse(response -> ResponseVerdict.pass());
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(true);
            exchange.next();
            exchange.halfClose();
            exchange.ended();
            assertThat(feature.ending()).isEqualTo(Ending.ABORTED);
        }
    }

    @Test
    void localReplyWhileTheBodyIsStillAwaitedPassesAndTheRestOfTheRequestIsDropped() throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> {
            request.body();
            return RequestVerdict.forward();
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.STREAMED).requestHead(false);
            exchange.next();
            exchange.responseHead(true);
            assertThat(exchange.next().hasResponseHeaders()).isTrue();
            ProcessingResponse chunk = exchange.requestChunk("never judged", true).next();
            assertThat(chunk.getRequestBody().getResponse().getBodyMutation().getClearBody()).isTrue();
            assertThat(feature.ending()).isEqualTo(Ending.ABORTED);
        }
    }

    /** Advisory CVE-2026-26311: what comes after the end of a stream is ignored. */
    @Test
    void messagesAfterAnImmediateResponseAreIgnored() throws Exception {
        TestHandler feature = TestHandler.ofHead(request -> RequestVerdict.reply(LocalReply.json(403, "{}")));
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false);
            assertThat(exchange.next().hasImmediateResponse()).isTrue();
            exchange.ended();
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void messagesInAnyOrderNeverBreakTheStreamNorGetTwoReplies(long seed) throws Exception {
        Random random = new Random(seed);
        TestHandler feature = TestHandler.ofBoth(request -> {
            if (random.nextBoolean()) {
                request.body();
            }
            return RequestVerdict.forward();
        }, response -> verdict(random.nextInt(3))).failing(random.nextBoolean() ? FailureMode.FailOpen : FailureMode.FailClosed);
        try (Host host = new Host(feature)) {
            for (int round = 0; round < 60; round++) {
                randomExchange(host, BodyMode.values()[random.nextInt(5)], random, feature);
            }
        }
    }

    private static ResponseVerdict verdict(int kind) {
        return switch (kind) {
            case 0 -> ResponseVerdict.pass();
            case 1 -> new ResponseVerdict.Replace(LocalReply.json(502, "{}"));
            default -> new ResponseVerdict.Rewrite(HeaderChange.none(), HandOver.none(), (in, out) -> {
                for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                    out.write(chunk);
                }
                return HandOver.none();
            });
        };
    }

    private static void randomExchange(Host host, BodyMode mode, Random random, TestHandler feature) throws InterruptedException {
        Host.Exchange exchange = host.open(mode).requestHead(random.nextInt(4) == 0);
        int[] sent = {1, 0, 0, 0, 0, 0};
        int messages = random.nextInt(12);
        for (int i = 0; i < messages; i++) {
            int kind = random.nextInt(6);
            sent[kind]++;
            send(exchange, kind, random.nextInt(4) == 0);
        }
        exchange.halfClose();
        List<ProcessingResponse> replies = exchange.rest();
        assertThat(exchange.error).isNull();
        assertThat(feature.ending()).isNotNull();
        assertThat(feature.endings).isEmpty();
        if (mode != BodyMode.FULL_DUPLEX_STREAMED) {
            assertNoMoreRepliesThanMessages(replies, sent);
        }
    }

    private static void send(Host.Exchange exchange, int kind, boolean end) {
        switch (kind) {
            case 0 -> exchange.requestHead(end);
            case 1 -> exchange.requestChunk("request", end);
            case 2 -> exchange.requestTrailers();
            case 3 -> exchange.responseHead(end);
            case 4 -> exchange.responseChunk("response", end);
            default -> exchange.responseTrailers();
        }
    }

    private static void assertNoMoreRepliesThanMessages(List<ProcessingResponse> replies, int[] sent) {
        assertThat(replies.stream().filter(ProcessingResponse::hasRequestHeaders).count()).isLessThanOrEqualTo(1);
        assertThat(replies.stream().filter(ProcessingResponse::hasRequestBody).count()).isLessThanOrEqualTo(sent[1]);
        assertThat(replies.stream().filter(ProcessingResponse::hasRequestTrailers).count()).isLessThanOrEqualTo(sent[2]);
        assertThat(replies.stream().filter(ProcessingResponse::hasResponseHeaders).count()).isLessThanOrEqualTo(sent[3]);
        assertThat(replies.stream().filter(ProcessingResponse::hasResponseBody).count()).isLessThanOrEqualTo(sent[4]);
        assertThat(replies.stream().filter(ProcessingResponse::hasResponseTrailers).count()).isLessThanOrEqualTo(sent[5]);
    }
}
