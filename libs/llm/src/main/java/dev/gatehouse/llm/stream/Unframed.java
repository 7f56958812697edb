package dev.gatehouse.llm.stream;

import java.util.Optional;

/**
 * Bytes whose framing is broken or over the limit, from the start of the frame that could not be read. All that follows in the
 * body comes unframed too.
 *
 * @param raw   the bytes as they came
 * @param fault what is wrong; holds no content
 */
public record Unframed(byte[] raw, String fault) implements Frame {

    @Override
    public Optional<byte[]> json() {
        return Optional.empty();
    }

    @Override
    public Frame withJson(byte[] json) {
        throw new IllegalStateException("what has no frame has no JSON");
    }

    @Override
    public byte[] encode() {
        return raw;
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "Unframed[" + raw.length + " bytes: " + fault + "]";
    }
}
