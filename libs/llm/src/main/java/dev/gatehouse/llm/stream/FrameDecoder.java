package dev.gatehouse.llm.stream;

import java.util.List;
import java.util.Locale;

/**
 * Takes a response body split anywhere and gives its frames as soon as they are complete; put together, their bytes are the body's.
 * One decoder reads one body.
 */
public sealed interface FrameDecoder permits SseDecoder, AwsEventDecoder, JsonDecoder {

    /**
     * Takes more bytes.
     *
     * @return the frames that are complete now; the last may be an {@link Unframed}
     */
    List<? extends Frame> feed(byte[] bytes);

    /**
     * Tells that the body has ended.
     *
     * @return what was not finished
     */
    List<? extends Frame> end();

    /**
     * The decoder for a content type: server-sent events, AWS's event stream, else JSON.
     *
     * @param maxFrameBytes largest frame that is held, in bytes
     */
    static FrameDecoder of(String contentType, int maxFrameBytes) {
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/event-stream")) {
            return new SseDecoder(maxFrameBytes);
        }
        return type.startsWith("application/vnd.amazon.eventstream") ? new AwsEventDecoder(maxFrameBytes) : new JsonDecoder(maxFrameBytes);
    }
}
