package dev.gatehouse.router.health;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.FrameDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the event that says that a stream failed: a provider's error is the event's own {@code error} member, or its type. Text of an
 * answer never is. Streams in a content coding are not read.
 */
final class StreamErrors {

    private static final int MAX_EVENT_BYTES = 1 << 20;
    private static final Set<String> ERROR_TYPES = Set.of("error", "response.failed");
    /** What any such event holds; others are not parsed. */
    private static final List<byte[]> MARKS = List.of(ascii("error"), ascii("failed"));

    private final FrameDecoder decoder;
    private boolean found;

    private StreamErrors(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    /** @return empty where the answer is no stream that can be read */
    static Optional<StreamErrors> of(Headers headers) {
        String type = headers.first("content-type").orElse("").strip().toLowerCase(Locale.ROOT);
        boolean streams = type.startsWith("text/event-stream") || type.startsWith("application/vnd.amazon.eventstream");
        boolean encoded = ContentCoding.isEncoded(String.join(",", headers.all("content-encoding")));
        return streams && !encoded ? Optional.of(new StreamErrors(FrameDecoder.of(type, MAX_EVENT_BYTES))) : Optional.empty();
    }

    void feed(byte[] bytes) {
        decoder.feed(bytes).forEach(this::look);
    }

    /** Whether such an event has come. */
    boolean found() {
        return found;
    }

    private void look(Frame frame) {
        found |= frame instanceof AwsEvent event && event.headers().containsKey(":exception-type") || isError(frame.encode(), frame);
    }

    private static boolean isError(byte[] raw, Frame frame) {
        return MARKS.stream().anyMatch(mark -> holds(raw, mark)) && frame.json().filter(StreamErrors::isError).isPresent();
    }

    private static boolean isError(byte[] json) {
        try {
            JsonValue root = JsonDocument.parse(json).root();
            JsonValue error = root.get("error");
            return error.isPresent() && !error.is(Kind.NULL) || root.get("type").string().filter(ERROR_TYPES::contains).isPresent();
        } catch (MalformedJson e) {
            return false;
        }
    }

    private static boolean holds(byte[] bytes, byte[] mark) {
        for (int i = 0; i <= bytes.length - mark.length; i++) {
            if (bytes[i] == mark[0] && java.util.Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
