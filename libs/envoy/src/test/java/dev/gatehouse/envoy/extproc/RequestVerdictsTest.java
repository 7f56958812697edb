package dev.gatehouse.envoy.extproc;

import static dev.gatehouse.envoy.extproc.Host.metadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a verdict on a request looks like on the wire, body mode by body mode. */
class RequestVerdictsTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TestHandler masking() {
        return TestHandler.ofRequest(request -> RequestVerdict.forward(
                bytes(new String(request.body().bytes(), StandardCharsets.UTF_8).replace("secret", "[SECRET_1]")), HandOver.none()));
    }

    @Test
    void bufferedBodyIsReplacedAndItsLengthIsTheNewOne() throws Exception {
        try (Host host = new Host(masking())) {
            Host.Exchange exchange = host.open(BodyMode.BUFFERED).requestHead(false);
            assertThat(exchange.next().hasRequestHeaders()).isTrue();
            exchange.requestChunk("my secret", true);
            ProcessingResponse reply = exchange.next();
            assertThat(reply.getRequestBody().getResponse().getBodyMutation().getBody().toStringUtf8()).isEqualTo("my [SECRET_1]");
            assertThat(metadata(reply, "path").getStringValue()).isEqualTo("guard");
        }
    }

    @Test
    void duplexBodyIsReplacedAfterTheHeldHead() throws Exception {
        TestHandler feature = masking();
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false);
            exchange.requestChunk("my sec", false).requestChunk("ret", true);
            assertThat(exchange.next().hasRequestHeaders()).isTrue();
            var chunk = exchange.next().getRequestBody().getResponse().getBodyMutation().getStreamedResponse();
            assertThat(chunk.getBody().toStringUtf8()).isEqualTo("my [SECRET_1]");
            assertThat(chunk.getEndOfStream()).isTrue();
            assertThat(feature.ending()).isEqualTo(Ending.COMPLETED);
        }
    }

    @Test
    void blockIsAnImmediateResponseThatNamesItsAuthor() throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> {
            request.body();
            return RequestVerdict.reply(LocalReply.json(403, "{}"));
        });
        try (Host host = new Host(feature)) {
            Host.Exchange exchange = host.open(BodyMode.FULL_DUPLEX_STREAMED).requestHead(false).requestChunk("{}", true);
            ProcessingResponse reply = exchange.next();
            assertThat(reply.getImmediateResponse().getStatus().getCodeValue()).isEqualTo(403);
            assertThat(metadata(reply, "replied_by").getStringValue()).isEqualTo("guard");
            exchange.ended();
            assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
        }
    }
}
