package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.FrameDecoder;
import dev.gatehouse.llm.stream.StreamFormatException;
import dev.gatehouse.llm.stream.Unframed;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a response as it arrives, split anywhere; what is known so far can be asked at any time. One reader reads one response. */
public final class ResponseReader {

    private final FrameDecoder decoder;
    private final ResponseCollector collector;
    private final Consumer<JsonDocument> watcher;

    /**
     * @param contentType   of the response; tells the framing
     * @param maxFrameBytes largest event, or whole JSON body, that is held
     */
    public ResponseReader(Format format, String contentType, int maxFrameBytes) {
        this(format, contentType, maxFrameBytes, document -> { });
    }

    /** @param watcher is shown the JSON of the body, or of each event, for what {@link LlmResponse} does not tell */
    public ResponseReader(Format format, String contentType, int maxFrameBytes, Consumer<JsonDocument> watcher) {
        this.decoder = FrameDecoder.of(contentType, maxFrameBytes);
        this.collector = new ResponseCollector(format);
        this.watcher = watcher;
    }

    /**
     * Takes more bytes of the body.
     *
     * @throws MalformedJson         if a piece is not JSON; what came before stays readable
     * @throws StreamFormatException if the framing is broken or a frame is over the limit
     */
    public void feed(byte[] bytes) throws MalformedJson, StreamFormatException {
        for (Frame frame : decoder.feed(bytes)) {
            take(frame);
        }
    }

    /** Tells that the body has ended. */
    public void end() throws MalformedJson, StreamFormatException {
        for (Frame frame : decoder.end()) {
            take(frame);
        }
    }

    private void take(Frame frame) throws MalformedJson, StreamFormatException {
        if (frame instanceof Unframed unframed) {
            throw new StreamFormatException(unframed.fault());
        }
        Optional<byte[]> json = frame.json();
        if (json.isEmpty()) {
            return;
        }
        JsonDocument document = JsonDocument.parse(json.get());
        watcher.accept(document);
        if (frame instanceof AwsEvent event && event.headers().containsKey(":exception-type")) {
            collector.exception(event.headers().get(":exception-type"), document.root());
        } else {
            collector.take(document.root());
        }
    }

    /** What the response says as far as it has come. */
    public LlmResponse response() {
        return collector.response();
    }
}
