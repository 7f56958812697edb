package dev.gatehouse.ratelimit.settle;

import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.SseDecoder;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes out of a stream the event that says nothing but the usage ({@code stream_options.include_usage}: an empty list of choices). Every
 * other byte passes as it came; at most one event of at most {@value #MAX_HELD} bytes is held back until it is whole.
 */
public final class UsageEventFilter {

    /** The usage alone is far smaller. */
    private static final int MAX_HELD = 16_384;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean lineIsEmpty = true;
    private boolean afterCarriageReturn;
    private boolean passingLongEvent;

    /** @return what of the stream so far may go on */
    public byte[] pass(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (byte b : bytes) {
            held.write(b);
            if (endsEvent(b)) {
                release(out);
            } else if (held.size() > MAX_HELD) {
                passingLongEvent = true;
                flush(out);
            }
        }
        return out.toByteArray();
    }

    /** @return what is left when the stream has ended */
    public byte[] end() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        release(out);
        return out.toByteArray();
    }

    private boolean endsEvent(byte b) {
        boolean secondOfTwo = b == '\n' && afterCarriageReturn;
        boolean endsLine = (b == '\n' || b == '\r') && !secondOfTwo;
        boolean endsEvent = endsLine && lineIsEmpty;
        afterCarriageReturn = b == '\r';
        lineIsEmpty = endsLine || secondOfTwo && lineIsEmpty;
        return endsEvent;
    }

    private void release(ByteArrayOutputStream out) {
        if (passingLongEvent || !saysOnlyUsage(held.toByteArray())) {
            flush(out);
        }
        held.reset();
        passingLongEvent = false;
    }

    private void flush(ByteArrayOutputStream out) {
        out.writeBytes(held.toByteArray());
        held.reset();
    }

    private static boolean saysOnlyUsage(byte[] event) {
        return json(event).map(root -> root.get("usage").is(Kind.OBJECT) && root.get("choices").is(Kind.ARRAY)
                && !root.get("choices").isPresent()).orElse(false);
    }

    private static Optional<JsonValue> json(byte[] event) {
        SseDecoder decoder = new SseDecoder(Integer.MAX_VALUE);
        Optional<byte[]> json = Stream.concat(decoder.feed(event).stream(), decoder.end().stream()).map(Frame::json).flatMap(Optional::stream).findFirst();
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(JsonDocument.parse(json.get()).root());
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }
}
