package dev.gatehouse.ratelimit.settle;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.ResponseReader;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.IncrementalDecoder;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.StreamFormatException;

/**
 * Reads an answer while it passes. What cannot be read is passed over: what came before counts, and the bytes are counted in any case.
 * Not for several threads; close it.
 */
public final class AnswerMeter implements AutoCloseable {

    private static final int MAX_DECODED_RATIO = 100;

    private final ResponseReader reader;
    private final IncrementalDecoder decoder;
    private boolean readable;
    private boolean ended;
    private long bytes;

    /**
     * @param headers  of the answer: its content type tells the framing
     * @param maxBytes the largest event, or whole JSON body, that is held
     */
    public AnswerMeter(Format format, Headers headers, int maxBytes) {
        this.reader = new ResponseReader(format, headers.first("content-type").orElse("application/json"), maxBytes);
        String coding = String.join(",", headers.all("content-encoding"));
        this.decoder = IncrementalDecoder.of(coding, maxBytes, MAX_DECODED_RATIO);
        this.readable = ContentCoding.isKnown(coding);
    }

    /** A piece of the answer has gone to the client. */
    public void passed(byte[] piece) {
        bytes += piece.length;
        read(() -> reader.feed(decoder.feed(piece)));
    }

    /** The answer has ended properly. */
    public void ended() {
        ended = true;
        read(() -> {
            reader.feed(decoder.end());
            reader.end();
        });
    }

    private interface Step {
        void run() throws MalformedJson, StreamFormatException, UndecodableBody;
    }

    private void read(Step step) {
        if (!readable) {
            return;
        }
        try {
            step.run();
        } catch (MalformedJson | StreamFormatException | UndecodableBody unreadable) {
            readable = false;
        }
    }

    /** Whether all of the answer came, and could be read. */
    boolean isWhole() {
        return ended && readable;
    }

    /** Whether all that has come could be read: a coding that gives nothing before its end has told nothing of an answer that broke off. */
    boolean isReadable() {
        return readable && !decoder.isCollecting();
    }

    /** Bytes that went to the client. */
    long bytes() {
        return bytes;
    }

    /** What the answer says as far as it has come. */
    LlmResponse response() {
        return reader.response();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
