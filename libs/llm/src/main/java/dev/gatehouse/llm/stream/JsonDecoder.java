package dev.gatehouse.llm.stream;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes a JSON body: one value, or the elements of an array as they arrive (Gemini streams so without {@code alt=sse}). It looks
 * for brackets and strings only; whether a value is JSON is seen by who reads it.
 */
public final class JsonDecoder implements FrameDecoder {

    private final int maxFrameBytes;
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private boolean inArray;
    private boolean seenValue;
    private boolean inString;
    private boolean escaped;
    private int depth;
    private boolean broken;

    /** @param maxFrameBytes largest value that is held, in bytes */
    public JsonDecoder(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public List<Frame> feed(byte[] bytes) {
        List<Frame> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && !broken) {
            take(bytes[at++], pieces);
            broken = value.size() + before.size() > maxFrameBytes;
        }
        if (broken && value.size() + before.size() > 0) {
            pieces.add(unframed(finish().encode()));
        }
        if (at < bytes.length) {
            pieces.add(unframed(Arrays.copyOfRange(bytes, at, bytes.length)));
        }
        return pieces;
    }

    private Unframed unframed(byte[] bytes) {
        return new Unframed(bytes, "a JSON value is larger than " + maxFrameBytes + " bytes");
    }

    private void take(byte b, List<Frame> pieces) {
        if (value.size() == 0 && standsBetween(b)) {
            before.write(b);
            return;
        }
        boolean scalarEnds = depth == 0 && !inString && value.size() > 0 && (b == ',' || b == ']') && inArray;
        if (scalarEnds) {
            pieces.add(finish());
            before.write(b);
            return;
        }
        value.write(b);
        if (closesValue(b)) {
            pieces.add(finish());
        }
    }

    /** Whether the byte stands before a value: white space, a comma, a bracket of the outer array. */
    private boolean standsBetween(byte b) {
        if (b == '[' && !inArray && !seenValue) {
            inArray = true;
            return true;
        }
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || inArray && (b == ',' || b == ']');
    }

    private boolean closesValue(byte b) {
        if (inString) {
            inString = escaped || b != '"';
            escaped = !escaped && b == '\\';
            return false;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                return --depth == 0;
            }
            default -> { }
        }
        return false;
    }

    private JsonPiece finish() {
        JsonPiece piece = new JsonPiece(before.toByteArray(), value.toByteArray(), inArray);
        before.reset();
        value.reset();
        seenValue = true;
        return piece;
    }

    @Override
    public List<JsonPiece> end() {
        return value.size() == 0 && before.size() == 0 ? List.of() : List.of(finish());
    }
}
