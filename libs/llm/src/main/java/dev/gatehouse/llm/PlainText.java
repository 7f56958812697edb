package dev.gatehouse.llm;

import dev.gatehouse.llm.json.Edit;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.MalformedJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body in no known format, read as what it is ({@code InspectAsText}): the strings and keys of JSON, the strings of each line of
 * NDJSON, else the whole body as one text. Text lines that are no JSON are not escaped, so {@link #replacing} splices them as they are.
 */
public final class PlainText {

    /** One text of the body. Compared by identity. */
    public static final class Piece {
        private final Optional<JsonValue> value;
        private final int line;
        private final int offset;
        private final byte[] body;

        private Piece(Optional<JsonValue> value, int line, int offset, byte[] body) {
            this.value = value;
            this.line = line;
            this.offset = offset;
            this.body = body;
        }

        /** JSON pointer in its document; empty for a plain text. */
        public String jsonPath() {
            return value.map(JsonValue::pointer).orElse("");
        }

        /** Number of the line its document stands in, from 0; 0 if the body is one document. */
        public int line() {
            return line;
        }

        /** Whether it is the key of a member. */
        public boolean isKey() {
            return value.filter(string -> string.is(Kind.KEY)).isPresent();
        }

        /** The text, unescaped. Decoded at each call. */
        public String text() {
            return value.map(JsonValue::text).orElseGet(() -> new String(body, StandardCharsets.UTF_8));
        }

        private Edit edit(String replacement) {
            return value.map(string -> Edit.ofString(string, replacement).shifted(offset))
                    .orElseGet(() -> new Edit(0, body.length, replacement.getBytes(StandardCharsets.UTF_8)));
        }

        /** Never shows the text. */
        @Override
        public String toString() {
            return "Piece[line " + line + "]";
        }
    }

    private final byte[] body;
    private final List<Piece> pieces;

    private PlainText(byte[] body, List<Piece> pieces) {
        this.body = body;
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Reads any body of text.
     *
     * @return empty if the bytes are not UTF-8: then there is no text to read
     * @throws MalformedJson if the content type says JSON and the body is none
     */
    public static Optional<PlainText> read(String contentType, byte[] body) throws MalformedJson {
        if (ContentTypes.isJson(contentType)) {
            return Optional.of(new PlainText(body, document(JsonDocument.parse(body), 0, 0)));
        }
        Optional<List<Piece>> json = container(body).map(document -> document(document, 0, 0)).or(() -> lines(body));
        return json.isPresent() ? json.map(found -> new PlainText(body, found)) : whole(body);
    }

    private static List<Piece> document(JsonDocument document, int line, int offset) {
        return document.root().stringsAndKeys().stream()
                .map(value -> new Piece(Optional.of(value), line, offset, document.bytes())).toList();
    }

    /** The documents of all lines, or empty if one line is no JSON object or array. */
    private static Optional<List<Piece>> lines(byte[] body) {
        List<Piece> found = new ArrayList<>();
        int start = 0;
        for (int line = 0; start < body.length; line++) {
            int end = endOfLine(body, start);
            Optional<JsonDocument> document = container(java.util.Arrays.copyOfRange(body, start, end));
            if (document.isEmpty()) {
                return Optional.empty();
            }
            found.addAll(document(document.get(), line, start));
            start = end + 1;
        }
        return Optional.of(found);
    }

    private static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static Optional<JsonDocument> container(byte[] line) {
        try {
            return Optional.of(JsonDocument.parse(line))
                    .filter(document -> document.root().is(Kind.OBJECT) || document.root().is(Kind.ARRAY));
        } catch (MalformedJson notJson) {
            return Optional.empty();
        }
    }

    private static Optional<PlainText> whole(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return Optional.of(new PlainText(body, List.of(new Piece(Optional.empty(), 0, 0, body))));
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** The texts in the order of the body. */
    public List<Piece> pieces() {
        return pieces;
    }

    /** The body with some pieces replaced; every other byte is as it came. */
    public byte[] replacing(Map<Piece, String> replacements) {
        return Edit.apply(body, replacements.entrySet().stream().map(entry -> entry.getKey().edit(entry.getValue())).toList());
    }
}
