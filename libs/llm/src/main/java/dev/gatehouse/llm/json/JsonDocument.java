package dev.gatehouse.llm.json;

import java.util.List;
import java.util.Optional;

/**
 * A JSON document with the byte positions of its values. Values lie in the order of the text in flat arrays; strings are decoded
 * when they are asked for. Immutable; the bytes given are kept, not copied.
 */
public final class JsonDocument {

    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 200;
    /** Most values and keys in a document. */
    public static final int MAX_VALUES = 4_000_000;

    private final byte[] bytes;
    private final Tape tape;

    private JsonDocument(byte[] bytes, Tape tape) {
        this.bytes = bytes;
        this.tape = tape;
    }

    /** Reads a whole document. Strict: see {@link MalformedJson.Reason} for what is refused. */
    public static JsonDocument parse(byte[] bytes) throws MalformedJson {
        return new JsonDocument(bytes, TapeReader.read(bytes, TapeReader.Keys.UNIQUE));
    }

    /**
     * Reads a document that stands inside a string of another one, e.g. the arguments of a tool call. Duplicate keys are let
     * through, since all values are looked at and none is chosen; anything else that is no JSON gives empty.
     */
    public static Optional<JsonDocument> parseInner(String text) {
        byte[] inner = JsonStrings.innerBytes(text);
        try {
            return Optional.of(new JsonDocument(inner, TapeReader.read(inner, TapeReader.Keys.ANY)));
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }

    public JsonValue root() {
        return new JsonValue(this, 0);
    }

    /** The document as it was read; not to be written into. */
    public byte[] bytes() {
        return bytes;
    }

    /** The document with some ranges of bytes replaced. */
    public byte[] with(List<Edit> edits) {
        return Edit.apply(bytes, edits);
    }

    Tape tape() {
        return tape;
    }
}
