package dev.gatehouse.ratelimit.settle;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.ResponseReader;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.StreamedDecoding;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.StreamFormatException;

/**
 * Reads an answer while it passes. What cannot be read is passed over: what came before counts, and the bytes are counted in any case.
 * Not for several threads; close it.
 */
public final class AnswerMeter implements AutoCloseable {

    private final ResponseReader reader;
    private final StreamedDecoding decoding;
    private boolean readable = true;
    private boolean ended;
    private long bytes;

    /**
     * @param headers  of the answer: its content type tells the framing
     * @param maxBytes the largest event, or whole JSON body, that is held
     */
    public AnswerMeter(Format format, Headers headers, int maxBytes) {
        this.reader = new ResponseReader(format, headers.first("content-type").orElse("application/json"), maxBytes);
        this.decoding = decoding(String.join(",", headers.all("content-encoding")), maxBytes);
    }

    private StreamedDecoding decoding(String coding, int maxBytes) {
        try {
            return ContentCoding.isEncoded(coding) ? new StreamedDecoding(coding, maxBytes) : null;
        } catch (UndecodableBody unknown) {
            readable = false;
            return null;
        }
    }

    /** A piece of the answer has gone to the client. */
    public void passed(byte[] piece) throws InterruptedException {
        bytes += piece.length;
        read(() -> reader.feed(decoding == null ? piece : decoding.feed(piece)));
    }

    /** The answer has ended properly. */
    public void ended() throws InterruptedException {
        ended = true;
        read(() -> {
            if (decoding != null) {
                reader.feed(decoding.end());
            }
            reader.end();
        });
    }

    private interface Step {
        void run() throws MalformedJson, StreamFormatException, UndecodableBody, InterruptedException;
    }

    private void read(Step step) throws InterruptedException {
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

    boolean isReadable() {
        return readable;
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
        if (decoding != null) {
            decoding.close();
        }
    }
}
