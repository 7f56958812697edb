package dev.gatehouse.llm.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Frame> decode(String type, byte[]... chunks) throws StreamFormatException {
        FrameDecoder decoder = FrameDecoder.of(type, 1000);
        List<Frame> frames = new ArrayList<>();
        for (byte[] chunk : chunks) {
            frames.addAll(decoder.feed(chunk));
        }
        frames.addAll(decoder.end());
        for (Frame frame : frames) {
            if (frame instanceof Unframed unframed) {
                throw new StreamFormatException(unframed.fault());
            }
        }
        return frames;
    }

    private static List<SseEvent> sse(byte[]... chunks) throws StreamFormatException {
        return decode("text/event-stream; charset=utf-8", chunks).stream().map(SseEvent.class::cast).filter(event -> !event.lines().isEmpty()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anEventIsTheSameWithEveryLineEndAndEverySplit(String end) throws Exception {
        byte[] stream = utf8(String.join(end, "\uFEFF: hello", "id: 7", "retry: 10", "event: x", "data: é\uD83D\uDE00", "data:two", "data", "", "data: last", "", ""));
        for (int at = 0; at <= stream.length; at++) {
            List<SseEvent> events = sse(Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, at, stream.length));
            assertThat(events).hasSize(2);
            assertThat(events.get(0).lines()).containsExactly(": hello", "id: 7", "retry: 10", "event: x", "data: é\uD83D\uDE00", "data:two", "data");
            assertThat(events.get(0).data()).isEqualTo("é\uD83D\uDE00\ntwo\n");
            assertThat(events.get(0).event()).isEqualTo("x");
            assertThat(events.get(1).data()).isEqualTo("last");
        }
    }

    @Test
    void newDataKeepsIdRetryAndComments() throws Exception {
        SseEvent event = sse(utf8(": c\nid: 1\ndata: a\ndata: b\nretry: 5\n\n")).getFirst().withJson(utf8("{\n}"));
        assertThat(new String(event.encode(), StandardCharsets.UTF_8)).isEqualTo(": c\nid: 1\ndata: {\ndata: }\nretry: 5\n\n");
    }

    @Test
    void anEventWithoutItsBlankLineIsReadAtTheEnd() throws Exception {
        assertThat(sse(utf8("data: a\n\ndata: b"))).extracting(SseEvent::data).containsExactly("a", "b");
    }

    @Test
    void commentsAndDoneHaveNoJson() throws Exception {
        assertThat(sse(utf8(": ping\n\ndata: [DONE]\n\ndata: {}\n\n"))).extracting(event -> event.json().isPresent()).containsExactly(false, false, true);
    }

    @Test
    void anEventOverTheLimitIsRefused() {
        assertThatThrownBy(() -> sse(utf8("data: " + "a".repeat(2000)))).isInstanceOf(StreamFormatException.class);
        assertThatThrownBy(() -> sse(utf8("data: a\n".repeat(300)))).isInstanceOf(StreamFormatException.class);
    }

    @Test
    void awsMessagesAreReadInAnySplitAndWrittenAgainWithOtherPayload() throws Exception {
        byte[] first = AwsEvent.event("contentBlockDelta", utf8("{\"delta\":{\"text\":\"é\"}}")).encode();
        byte[] second = AwsEvent.exception("throttlingException", utf8("{}")).encode();
        byte[] stream = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, stream, first.length, second.length);
        for (int at = 0; at <= stream.length; at++) {
            List<Frame> events = decode("application/vnd.amazon.eventstream", Arrays.copyOf(stream, at), Arrays.copyOfRange(stream, at, stream.length));
            assertThat(events).hasSize(2);
            assertThat(((AwsEvent) events.get(0)).headers()).containsEntry(":event-type", "contentBlockDelta");
            assertThat(((AwsEvent) events.get(1)).headers()).containsEntry(":exception-type", "throttlingException");
        }
        Frame changed = decode("application/vnd.amazon.eventstream", first).getFirst().withJson(utf8("{\"x\":1}"));
        assertThat(decode("application/vnd.amazon.eventstream", changed.encode()).getFirst().json()).hasValue(utf8("{\"x\":1}"));
    }

    @Test
    void anAwsMessageWithADamagedByteOrACutEndIsRefused() {
        byte[] good = AwsEvent.event("x", utf8("{}")).encode();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThatThrownBy(() -> decode("application/vnd.amazon.eventstream", bad)).isInstanceOf(StreamFormatException.class);
        }
        assertThatThrownBy(() -> decode("application/vnd.amazon.eventstream", Arrays.copyOf(good, 20))).isInstanceOf(StreamFormatException.class);
    }

    @Test
    void theChunksOfAnInvokedModelAreUnwrappedAndWrappedAgain() throws Exception {
        Frame chunk = AwsEvent.event("chunk", utf8("{\"bytes\":\"e30=\",\"p\":\"ab\"}"));
        assertThat(chunk.json()).hasValue(utf8("{}"));
        AwsEvent changed = (AwsEvent) chunk.withJson(utf8("[]"));
        assertThat(new String(changed.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"bytes\":\"W10=\",\"p\":\"ab\"}");
    }

    @Test
    void elementsOfAStreamedArrayComeAsTheyAreCompleteAndNoByteIsLost() throws Exception {
        String body = "[{\"a\":\"]}\\\"\"}\n,\r\n{\"b\":[1,{}]}\n]\n";
        for (int at = 0; at <= body.length(); at++) {
            List<Frame> pieces = decode("application/json", utf8(body.substring(0, at)), utf8(body.substring(at)));
            assertThat(pieces.stream().flatMap(piece -> piece.json().stream()).map(String::new)).containsExactly("{\"a\":\"]}\\\"\"}", "{\"b\":[1,{}]}");
            StringBuilder out = new StringBuilder();
            pieces.forEach(piece -> out.append(new String(piece.encode(), StandardCharsets.UTF_8)));
            assertThat(out.toString()).isEqualTo(body);
        }
        assertThat(new JsonDecoder(100).feed(utf8("[{\"a\":1}"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void theBytesOfEventsAreTheBytesOfTheStream(String end) {
        String stream = String.join(end, "\uFEFF: hello", "", "", "data: é", "", ": open");
        byte[] bytes = utf8(stream);
        for (int at = 0; at <= bytes.length; at++) {
            assertThat(encoded(new SseDecoder(100), Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length))).isEqualTo(stream);
        }
    }

    @Test
    void whatIsOverTheLimitComesUnframedAndLosesNoByte() {
        String stream = "data: a\n\ndata: " + "b".repeat(200) + "\n\ndata: c\n\n";
        byte[] bytes = utf8(stream);
        for (int at = 0; at <= bytes.length; at++) {
            assertThat(encoded(new SseDecoder(100), Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length))).isEqualTo(stream);
            assertThat(encoded(new JsonDecoder(10), Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length))).isEqualTo(stream);
            assertThat(encoded(new AwsEventDecoder(10), Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at, bytes.length))).isEqualTo(stream);
        }
    }

    private static String encoded(FrameDecoder decoder, byte[]... chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] chunk : chunks) {
            decoder.feed(chunk).forEach(frame -> out.writeBytes(frame.encode()));
        }
        decoder.end().forEach(frame -> out.writeBytes(frame.encode()));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aWholeJsonBodyIsOnePiece() throws Exception {
        List<Frame> pieces = decode("application/json", utf8(" {\"a\":[{}]}\n"));
        assertThat(pieces.getFirst().json()).hasValue(utf8("{\"a\":[{}]}"));
    }
}
