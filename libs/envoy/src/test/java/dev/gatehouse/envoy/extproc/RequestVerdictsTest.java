package dev.gatehouse.envoy.extproc;

import static dev.gatehouse.envoy.extproc.Host.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a verdict on a request looks like on the wire, body mode by body mode. */
class RequestVerdictsTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TestHandler masking() {
        return TestHandler.ofRequest(request -> RequestVerdict.forward(
                bytes(new String(request.body().bytes(), StandardCharsets.UTF_8).replace("secret", "[SECRET_1]")), HandOver.none()));
    }

    private static ByteString replaced(ProcessingResponse reply) {
        return reply.getRequestBody().getResponse().getBodyMutation().getBody();
    }

    /** Sends a two-chunk body in the way of the mode and returns all replies to it, in order. */
    private static ProcessingResponse judged(Host.Exchange exchange, BodyMode mode) throws InterruptedException {
        exchange.requestHead(false, "content-length", "9");
        return switch (mode) {
            case NONE -> exchange.next();
            case BUFFERED, BUFFERED_PARTIAL -> {
                exchange.next();
                yield exchange.requestChunk("my secret", true).next();
            }
            case STREAMED -> {
                exchange.next();
                assertThat(exchange.requestChunk("my sec", false).next().getRequestBody().getResponse().getBodyMutation().getClearBody()).isTrue();
                yield exchange.requestChunk("ret", true).next();
            }
            case FULL_DUPLEX_STREAMED -> exchange.requestChunk("my sec", false).requestChunk("ret", true).next();
        };
    }

    @Test
    void bufferedBodyIsReplacedAndItsLengthIsTheNewOne() throws Exception {
        try (Host host = new Host(masking())) {
            ProcessingResponse reply = judged(host.open(BodyMode.BUFFERED), BodyMode.BUFFERED);
            assertThat(replaced(reply).toStringUtf8()).isEqualTo("my [SECRET_1]");
            var length = reply.getRequestBody().getResponse().getHeaderMutation().getSetHeaders(0);
            assertThat(length.getHeader().getRawValue().toStringUtf8()).isEqualTo("13");
            assertThat(length.getAppendAction()).isEqualTo(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
            assertThat(metadata(reply, "path").getStringValue()).isEqualTo("guard");
        }
    }

    @Test
    void streamedBodyIsReplacedWithTheLastChunk() throws Exception {
        try (Host host = new Host(masking())) {
            ProcessingResponse reply = judged(host.open(BodyMode.STREAMED), BodyMode.STREAMED);
            assertThat(replaced(reply).toStringUtf8()).isEqualTo("my [SECRET_1]");
            assertThat(metadata(reply, "path").getStringValue()).isEqualTo("guard");
        }
    }

    @Test
    void duplexBodyIsReplacedAfterTheHeldHead() throws Exception {
        TestHandler feature = masking();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED);
            ProcessingResponse head = judged(exchange, BodyMode.FULL_DUPLEX_STREAMED);
            assertThat(head.getRequestHeaders().getResponse().getHeaderMutation().getRemoveHeadersList()).contains("content-length");
            var chunk = exchange.next().getRequestBody().getResponse().getBodyMutation().getStreamedResponse();
            assertThat(chunk.getBody().toStringUtf8()).isEqualTo("my [SECRET_1]");
            assertThat(chunk.getEndOfStream()).isTrue();
            assertThat(feature.ending()).isEqualTo(Ending.COMPLETED);
        }
    }

    @Test
    void duplexChunksAreSmallEnoughAndEndOnce() throws Exception {
        String big = "x".repeat(200_001);
        TestHandler feature = TestHandler.ofRequest(request -> {
            request.body();
            return RequestVerdict.forward();
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false).requestChunk(big, true);
            exchange.next();
            int total = 0;
            boolean ended = false;
            while (!ended) {
                var chunk = exchange.next().getRequestBody().getResponse().getBodyMutation().getStreamedResponse();
                assertThat(chunk.getBody().size()).isLessThanOrEqualTo(62_000);
                total += chunk.getBody().size();
                ended = chunk.getEndOfStream();
            }
            assertThat(total).isEqualTo(big.length());
        }
    }

    @Test
    void duplexBodyWithTrailersHasNoEndOfItsOwn() throws Exception {
        try (Host host = new Host(masking())) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false);
            exchange.requestChunk("my secret", false).requestTrailers();
            assertThat(exchange.next().hasRequestHeaders()).isTrue();
            assertThat(exchange.next().getRequestBody().getResponse().getBodyMutation().getStreamedResponse().getEndOfStream()).isFalse();
            assertThat(exchange.next().hasRequestTrailers()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void blockIsAnImmediateResponseThatNamesItsAuthor(BodyMode mode) throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> {
            request.body();
            return RequestVerdict.reply(LocalReply.json(403, "{}"));
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(mode);
            ProcessingResponse reply = judged(exchange, mode);
            assertThat(reply.getImmediateResponse().getStatus().getCodeValue()).isEqualTo(403);
            assertThat(metadata(reply, "replied_by").getStringValue()).isEqualTo("guard");
            exchange.ended();
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
        }
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void exceptionFailsClosedWithTheHandlersReply(BodyMode mode) throws Exception {
        TestHandler feature = throwing().failing(FailureMode.FailClosed);
        try (Host host = new Host(feature)) {
            ProcessingResponse reply = judged(host.open(mode), mode);
            assertThat(reply.getImmediateResponse().getStatus().getCodeValue()).isEqualTo(503);
            assertThat(feature.failures.take()).isInstanceOf(Failure.Threw.class);
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
        }
    }

    /** Advisory envoy#28387: the mark of failing open goes to metadata, never to a header that leaks upstream. */
    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void exceptionFailsOpenWithAMarkInMetadataOnly(BodyMode mode) throws Exception {
        try (Host host = new Host(throwing().failing(FailureMode.FailOpen))) {
            ProcessingResponse reply = judged(host.open(mode), mode);
            assertThat(metadata(reply, "fail_open").getStringValue()).isEqualTo("guard");
            assertThat(reply.getRequestHeaders().getResponse().getHeaderMutation().getSetHeadersCount()).isZero();
            assertThat(reply.getRequestBody().getResponse().getHeaderMutation().getSetHeadersCount()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = {"NONE", "STREAMED"})
    void whoFailsOpenMayStillTakeHeadersAwayWhereTheHeadIsHeld(BodyMode mode) throws Exception {
        try (Host host = new Host(throwing().failingOpen(HeaderChange.none().removing("x-model")))) {
            ProcessingResponse reply = judged(host.open(mode), mode);
            CommonResponse common = reply.hasRequestHeaders() ? reply.getRequestHeaders().getResponse() : reply.getRequestBody().getResponse();
            assertThat(common.getHeaderMutation().getRemoveHeadersList()).contains("x-model");
            assertThat(common.getClearRouteCache()).isTrue();
        }
    }

    private static TestHandler throwing() {
        return TestHandler.ofRequest(request -> {
            request.body();
            throw new IllegalStateException("broken");
        });
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, mode = Mode.EXCLUDE, names = "NONE")
    void hungHandlerIsInterruptedAndFailsClosed(BodyMode mode) throws Exception {
        BlockingQueue<String> interrupted = new LinkedBlockingQueue<>();
        TestHandler feature = TestHandler.ofRequest(request -> {
            request.body();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                interrupted.add("yes");
            }
            return RequestVerdict.forward();
        }).within(Duration.ofMillis(400));
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(mode);
            assertThat(judged(exchange, mode).getImmediateResponse().getStatus().getCodeValue()).isEqualTo(503);
            assertThat(interrupted.poll(5, TimeUnit.SECONDS)).isEqualTo("yes");
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
            assertThat(exchange.rest()).as("the verdict that came too late").isEmpty();
        }
    }

    @Test
    void waitingForTheBodyDoesNotCountAgainstTheTimeout() throws Exception {
        TestHandler feature = masking().within(Duration.ofMillis(400));
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false).requestChunk("my ", false);
            assertThat(feature.endings.poll(800, TimeUnit.MILLISECONDS)).isNull();
            exchange.requestChunk("secret", true);
            assertThat(exchange.next().hasRequestHeaders()).isTrue();
        }
    }

    @Test
    void headerChangeFromTheBodyIsImpossibleInStreamedMode() throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> {
            request.body();
            return new RequestVerdict.Forward(HeaderChange.none().setting("x-model", "small"), Optional.empty(), HandOver.none(), false);
        });
        try (Host host = new Host(feature)) {
            ProcessingResponse reply = judged(host.open(BodyMode.STREAMED), BodyMode.STREAMED);
            assertThat(reply.getImmediateResponse().getStatus().getCodeValue()).isEqualTo(503);
            assertThat(feature.failures.take().reason()).isEqualTo("unsupported_by_attachment");
        }
    }

    @Test
    void partialBodyIsRecognisedAndCannotBeReplaced() throws Exception {
        BlockingQueue<Extent> extents = new LinkedBlockingQueue<>();
        TestHandler feature = TestHandler.ofRequest(request -> {
            extents.add(request.body().extent());
            return RequestVerdict.forward(bytes("masked"), HandOver.none());
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.BUFFERED_PARTIAL).requestHead(false, "content-length", "100");
            exchange.next();
            assertThat(exchange.requestChunk("only the beginning", false).next().hasImmediateResponse()).isTrue();
            assertThat(extents.take()).isEqualTo(Extent.CUT_BY_HOST);
        }
    }

    @Test
    void partialBodyOfTheAnnouncedLengthIsWholeAlsoBeforeTrailers() throws Exception {
        BlockingQueue<Extent> extents = new LinkedBlockingQueue<>();
        TestHandler feature = TestHandler.ofRequest(request -> {
            extents.add(request.body().extent());
            return RequestVerdict.forward();
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.BUFFERED_PARTIAL).requestHead(false, "content-length", "5");
            exchange.next();
            exchange.requestChunk("12345", false).next();
            assertThat(extents.take()).isEqualTo(Extent.WHOLE);
        }
    }

    /** Advisory CVE-2023-27488: bytes that are no UTF-8 do not break the callout. */
    @Test
    void headerValuesThatAreNoUtf8AreStillJudged() throws Exception {
        TestHandler feature = TestHandler.ofHead(request -> RequestVerdict.reply(LocalReply.json(403, "{}")));
        HeaderMap headers = HeaderMap.newBuilder()
                .addHeaders(HeaderValue.newBuilder().setKey("x-odd").setRawValue(ByteString.copyFrom(new byte[] {'a', (byte) 0xff})))
                .addHeaders(HeaderValue.newBuilder().setKey("x-plain").setValue("plain"))
                .build();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.BUFFERED)
                    .send(ProcessingRequest.newBuilder().setRequestHeaders(HttpHeaders.newBuilder().setHeaders(headers)));
            assertThat(exchange.next().hasImmediateResponse()).isTrue();
            assertThat(feature.head.headers().first("x-odd")).contains("a\u00ff");
            assertThat(feature.head.headers().first("x-plain")).contains("plain");
        }
    }

    /** Advisory GHSA-g53w-w6mj-hrpp: control headers of a client are neither seen nor sent on. */
    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void controlHeadersOfTheClientAreTakenAway(BodyMode mode) throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> RequestVerdict.forward());
        try (Host host = new Host(feature)) {
            ProcessingResponse head = host.open(mode).requestHead(true, "x-gatehouse-tenant", "evil").next();
            assertThat(head.getRequestHeaders().getResponse().getHeaderMutation().getRemoveHeadersList()).contains("x-gatehouse-tenant");
            assertThat(feature.head.headers().first("x-gatehouse-tenant")).isEmpty();
        }
    }

    @Test
    void handOverOfEarlierServicesIsReadAndThePathGoesOn() throws Exception {
        TestHandler feature = TestHandler.ofHead(request -> RequestVerdict.forward(
                HandOver.none().with("guard", HandOver.GUARD_VERDICT, "Allow")));
        Struct earlier = Struct.newBuilder().putFields("path", Value.newBuilder().setStringValue("ratelimit").build()).build();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.NONE).send(ProcessingRequest.newBuilder()
                    .setRequestHeaders(HttpHeaders.newBuilder().setHeaders(Host.headers(":path", "/")))
                    .setMetadataContext(Metadata.newBuilder().putFilterMetadata("gatehouse", earlier)));
            ProcessingResponse reply = exchange.next();
            assertThat(metadata(reply, "path").getStringValue()).isEqualTo("ratelimit,guard");
            assertThat(metadata(reply, "guard_verdict").getStringValue()).isEqualTo("Allow");
            assertThat(reply.getDynamicMetadata().getFieldsMap()).containsOnlyKeys("gatehouse");
        }
    }
}
