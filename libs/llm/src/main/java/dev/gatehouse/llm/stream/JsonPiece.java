package dev.gatehouse.llm.stream;

import java.util.Optional;

/**
 * A JSON value of a body that is one value or an array of values, with the bytes before it.
 *
 * @param before  what stands before the value: white space, an opening bracket, a comma
 * @param value   the value, or empty if only {@code before} is left at the end of the body
 * @param inArray whether the body is an array, which more elements may follow
 */
public record JsonPiece(byte[] before, byte[] value, boolean inArray) implements Frame {

    @Override
    public Optional<byte[]> json() {
        return value.length == 0 ? Optional.empty() : Optional.of(value);
    }

    @Override
    public JsonPiece withJson(byte[] json) {
        return new JsonPiece(before, json, inArray);
    }

    @Override
    public byte[] encode() {
        byte[] bytes = java.util.Arrays.copyOf(before, before.length + value.length);
        System.arraycopy(value, 0, bytes, before.length, value.length);
        return bytes;
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "JsonPiece[" + value.length + " bytes]";
    }
}
