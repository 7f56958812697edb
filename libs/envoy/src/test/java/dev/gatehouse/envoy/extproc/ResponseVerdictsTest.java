package dev.gatehouse.envoy.extproc;

import static dev.gatehouse.envoy.extproc.Host.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.ResponseVerdict;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse.ResponseStatus;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.StreamedBodyResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a verdict on a response looks like on the wire, body mode by body mode. */
class ResponseVerdictsTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TestHandler rewriting(BodyRewriter rewriter) {
        return TestHandler.ofResponse(response -> new ResponseVerdict.Rewrite(HeaderChange.none(), HandOver.none(), rewriter));
    }

    /** Doubles every chunk, and says so at the end. */
    private static TestHandler doubling() {
        return rewriting((in, out) -> {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                out.write(chunk);
                out.write(chunk);
            }
            out.write(bytes("!"));
            return HandOver.none().with("guard", HandOver.OUTPUT_TOKENS, 2.0);
        });
    }

    /** Opens a stream whose request has no body, and has it judged. */
    private static Host.Exchange answered(Host host, BodyMode mode) throws InterruptedException {
        Host.Exchange exchange = host.open(mode).requestHead(true);
        exchange.next();
        return exchange;
    }

    private static StreamedBodyResponse duplex(ProcessingResponse reply) {
        return reply.getResponseBody().getResponse().getBodyMutation().getStreamedResponse();
    }

    @Test
    void duplexRewriterWritesAtOnceAndEndsTheStreamItself() throws Exception {
        TestHandler feature = doubling();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(false, "content-length", "4");
            HeaderMutation head = exchange.next().getResponseHeaders().getResponse().getHeaderMutation();
            assertThat(head.getRemoveHeadersList()).contains("content-length");
            exchange.responseChunk("ab", false);
            assertThat(duplex(exchange.next()).getBody().toStringUtf8()).isEqualTo("ab");
            assertThat(duplex(exchange.next()).getBody().toStringUtf8()).isEqualTo("ab");
            exchange.responseChunk("", true);
            assertThat(duplex(exchange.next()).getBody().toStringUtf8()).isEqualTo("!");
            ProcessingResponse last = exchange.next();
            assertThat(duplex(last).getEndOfStream()).isTrue();
            assertThat(metadata(last, "output_tokens").getNumberValue()).isEqualTo(2.0);
            assertThat(feature.ending()).isEqualTo(Ending.COMPLETED);
        }
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void aHeadThatSaysEnoughIsPassedWithoutTheHandlersThread(BodyMode mode) throws Exception {
        TestHandler feature = TestHandler.ofResponse(response -> {
            throw new IllegalStateException("the head was enough");
        }).passingAtOnce(head -> head.status() == 200
                ? Optional.of(new ResponseVerdict.Pass(HeaderChange.none().setting("x-seen", "yes"), HandOver.none())) : Optional.empty());
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, mode).responseHead(true);
            HeaderMutation head = exchange.next().getResponseHeaders().getResponse().getHeaderMutation();
            assertThat(head.getSetHeaders(0).getHeader().getRawValue().toStringUtf8()).isEqualTo("yes");
            assertThat(feature.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(feature.failures).isEmpty();
        }
    }

    @Test
    void aHandlerThatCannotPassAHeadAtOnceIsAskedForItsVerdict() throws Exception {
        TestHandler feature = TestHandler.ofResponse(response -> new ResponseVerdict.Pass(HeaderChange.none().setting("x-seen", "later"), HandOver.none()))
                .passingAtOnce(head -> {
                    throw new IllegalStateException("cannot say");
                });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(true);
            HeaderMutation head = exchange.next().getResponseHeaders().getResponse().getHeaderMutation();
            assertThat(head.getSetHeaders(0).getHeader().getRawValue().toStringUtf8()).isEqualTo("later");
            assertThat(feature.ending()).isEqualTo(Ending.COMPLETED);
        }
    }

    @Test
    void streamedRewriterAnswersEachChunkOnce() throws Exception {
        try (Host host = new Host(doubling())) {
            Host.Exchange exchange = answered(host, BodyMode.STREAMED).responseHead(false);
            assertThat(exchange.next().hasResponseHeaders()).isTrue();
            exchange.responseChunk("a", false);
            assertThat(body(exchange.next())).isEqualTo("aa");
            exchange.responseChunk("b", false).responseChunk("", true);
            assertThat(body(exchange.next())).isEqualTo("bb");
            assertThat(body(exchange.next())).isEqualTo("!");
            exchange.halfClose();
            assertThat(exchange.rest()).isEmpty();
        }
    }

    @Test
    void aRewriterIsToldWhatServicesBehindWriteWhileTheBodyComes() throws Exception {
        TestHandler feature = rewriting((in, out) -> {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                out.write(chunk);
            }
            return in.handOver().get(HandOver.OUTPUT_TOKENS).map(tokens -> HandOver.none().with("test", HandOver.OUTPUT_TOKENS, tokens + 1))
                    .orElse(HandOver.none());
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(false);
            exchange.next();
            exchange.responseChunk("ab", false).next();
            Struct told = Struct.newBuilder().putFields("output_tokens", Value.newBuilder().setNumberValue(41).build()).build();
            exchange.send(ProcessingRequest.newBuilder()
                    .setMetadataContext(Metadata.newBuilder().putFilterMetadata("gatehouse", told))
                    .setResponseBody(HttpBody.newBuilder().setEndOfStream(true)));
            ProcessingResponse last = exchange.next();
            assertThat(duplex(last).getEndOfStream()).isTrue();
            assertThat(metadata(last, "output_tokens").getNumberValue()).isEqualTo(42.0);
        }
    }

    @Test
    void bufferedRewriterAnswersWithTheWholeBody() throws Exception {
        try (Host host = new Host(doubling())) {
            Host.Exchange exchange = answered(host, BodyMode.BUFFERED).responseHead(false);
            exchange.next();
            ProcessingResponse reply = exchange.responseChunk("ab", true).next();
            assertThat(body(reply)).isEqualTo("abab!");
            assertThat(reply.getResponseBody().getResponse().getHeaderMutation().getRemoveHeadersList()).contains("content-length");
        }
    }

    @Test
    void duplexRewriterLeavesTheTrailersToTheEnd() throws Exception {
        try (Host host = new Host(doubling())) {
            Host.Exchange exchange = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(false);
            exchange.next();
            exchange.responseChunk("a", false).responseTrailers();
            assertThat(duplex(exchange.next()).getEndOfStream()).isFalse();
            exchange.next();
            assertThat(duplex(exchange.next()).getBody().toStringUtf8()).isEqualTo("!");
            assertThat(exchange.next().hasResponseTrailers()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(BodyMode.class)
    void replacementIsAMutationAndNeverAnImmediateResponse(BodyMode mode) throws Exception {
        TestHandler feature = TestHandler.ofResponse(response -> new ResponseVerdict.Replace(LocalReply.json(502, "{}")));
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, mode).responseHead(false, "content-encoding", "gzip");
            if (mode == BodyMode.BUFFERED || mode == BodyMode.BUFFERED_PARTIAL) {
                exchange.next();
                exchange.responseChunk("risky", true);
            }
            ProcessingResponse reply = exchange.next();
            CommonResponse common = reply.hasResponseHeaders() ? reply.getResponseHeaders().getResponse() : reply.getResponseBody().getResponse();
            assertThat(common.getHeaderMutation().getSetHeaders(0).getHeader().getKey()).isEqualTo(":status");
            assertThat(common.getHeaderMutation().getSetHeaders(0).getHeader().getRawValue().toStringUtf8()).isEqualTo("502");
            assertThat(common.getHeaderMutation().getRemoveHeadersList()).contains("content-encoding", "content-length");
            assertThat(metadata(reply, "replied_by").getStringValue()).isEqualTo("guard");
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
        }
    }

    @Test
    void bodilessResponseIsReplacedTogetherWithItsHead() throws Exception {
        TestHandler feature = TestHandler.ofResponse(response -> new ResponseVerdict.Replace(LocalReply.json(502, "{}")));
        try (Host host = new Host(feature)) {
            CommonResponse head = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(true).next().getResponseHeaders().getResponse();
            assertThat(head.getStatus()).isEqualTo(ResponseStatus.CONTINUE_AND_REPLACE);
            assertThat(head.getBodyMutation().getBody().toStringUtf8()).isEqualTo("{}");
        }
    }

    @Test
    void failureInAStreamThatHasBegunEndsItCleanlyWhenClosed() throws Exception {
        TestHandler feature = rewriting((in, out) -> {
            out.write(in.next());
            in.next();
            throw new IllegalStateException("broken");
        }).failing(FailureMode.FailClosed);
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(false);
            exchange.next();
            exchange.responseChunk("a", false).responseChunk("b", false).responseChunk("c", true);
            assertThat(duplex(exchange.next()).getBody().toStringUtf8()).isEqualTo("a");
            StreamedBodyResponse last = duplex(exchange.next());
            assertThat(last.getBody().isEmpty()).isTrue();
            assertThat(last.getEndOfStream()).isTrue();
        }
    }

    @Test
    void failureInAStreamGoesOnWithTheOriginalWhenOpen() throws Exception {
        TestHandler feature = rewriting((in, out) -> {
            out.write(in.next());
            in.next();
            throw new IllegalStateException("broken");
        }).failing(FailureMode.FailOpen);
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.STREAMED).responseHead(false);
            exchange.next();
            assertThat(body(exchange.responseChunk("a", false).next())).isEqualTo("a");
            assertThat(body(exchange.responseChunk("b", false).next())).isEqualTo("b");
            assertThat(exchange.responseChunk("c", true).next().getResponseBody().getResponse().hasBodyMutation()).isFalse();
        }
    }

    @Test
    void hungRewriterOfABufferedBodyFailsClosedByReplacing() throws Exception {
        TestHandler feature = rewriting((in, out) -> {
            in.next();
            new CountDownLatch(1).await();
            return HandOver.none();
        }).within(Duration.ofMillis(500));
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.BUFFERED).responseHead(false);
            exchange.next();
            ProcessingResponse reply = exchange.responseChunk("a", true).next();
            assertThat(body(reply)).isEqualTo("{\"error\":\"timeout\"}");
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
        }
    }

    @Test
    void rewriterSeesAnAbortedStreamAsAnInterrupt() throws Exception {
        TestHandler feature = doubling();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = answered(host, BodyMode.FULL_DUPLEX_STREAMED).responseHead(false);
            exchange.next();
            exchange.cancel();
            Ending ending = feature.ending();
            assertThat(feature.failures).isEmpty();
            assertThat(ending).isEqualTo(Ending.ABORTED);
        }
    }

    private static String body(ProcessingResponse reply) {
        return reply.getResponseBody().getResponse().getBodyMutation().getBody().toStringUtf8();
    }
}
