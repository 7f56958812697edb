package dev.gatehouse.llm.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.gatehouse.llm.json.MalformedJson.Reason;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Reads a document with Jackson's streaming parser and keeps the byte offsets of its tokens. */
final class TapeReader {

    /** Whether an object may have the same key twice. */
    enum Keys { UNIQUE, ANY }

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonDocument.MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] bytes;
    private final Keys keys;
    private final Tape tape = new Tape();
    private final int[] open = new int[JsonDocument.MAX_DEPTH + 1];
    private final Object[] seen = new Object[JsonDocument.MAX_DEPTH + 1];
    private int depth;

    private TapeReader(byte[] bytes, Keys keys) {
        this.bytes = bytes;
        this.keys = keys;
    }

    static Tape read(byte[] bytes, Keys keys) throws MalformedJson {
        Utf8.check(bytes);
        TapeReader reader = new TapeReader(bytes, keys);
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            reader.readAll(parser);
            return reader.tape;
        } catch (StreamConstraintsException limit) {
            throw new MalformedJson(reader.depth >= JsonDocument.MAX_DEPTH ? Reason.TOO_DEEP : Reason.TOO_LARGE, offset(limit));
        } catch (JsonEOFException end) {
            throw new MalformedJson(Reason.INCOMPLETE, bytes.length);
        } catch (com.fasterxml.jackson.core.JsonProcessingException syntax) {
            throw new MalformedJson(Reason.SYNTAX, offset(syntax));
        } catch (IOException | IllegalStateException hashFlood) {
            throw new MalformedJson(Reason.TOO_LARGE, 0);
        }
    }

    private static long offset(com.fasterxml.jackson.core.JsonProcessingException refused) {
        return refused.getLocation() == null ? 0 : Math.max(0, refused.getLocation().getByteOffset());
    }

    private void readAll(JsonParser parser) throws IOException, MalformedJson {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            if (depth == 0 && tape.size() > 0) {
                throw new MalformedJson(Reason.TRAILING_BYTES, start);
            }
            if (tape.size() >= JsonDocument.MAX_VALUES) {
                throw new MalformedJson(Reason.TOO_LARGE, start);
            }
            take(token, start, parser);
        }
        if (tape.size() == 0) {
            throw new MalformedJson(Reason.INCOMPLETE, bytes.length);
        }
    }

    private void take(JsonToken token, int start, JsonParser parser) throws IOException, MalformedJson {
        switch (token) {
            case START_OBJECT -> opened(JsonValue.Kind.OBJECT, start);
            case START_ARRAY -> opened(JsonValue.Kind.ARRAY, start);
            case END_OBJECT, END_ARRAY -> tape.close(open[--depth], start + 1);
            case FIELD_NAME -> key(start, parser.currentName());
            case VALUE_STRING -> tape.add(JsonValue.Kind.STRING, start + 1, JsonStrings.closingQuote(bytes, start + 1));
            case VALUE_TRUE -> tape.add(JsonValue.Kind.TRUE, start, start + 4);
            case VALUE_FALSE -> tape.add(JsonValue.Kind.FALSE, start, start + 5);
            case VALUE_NULL -> tape.add(JsonValue.Kind.NULL, start, start + 4);
            default -> tape.add(JsonValue.Kind.NUMBER, start, endOfNumber(start));
        }
    }

    private void opened(JsonValue.Kind kind, int start) {
        seen[depth] = null;
        open[depth++] = tape.add(kind, start, start + 1);
    }

    private void key(int start, String name) throws MalformedJson {
        if (keys == Keys.UNIQUE && !seenHere().add(name)) {
            throw new MalformedJson(Reason.DUPLICATE_KEY, start);
        }
        tape.add(JsonValue.Kind.KEY, start + 1, JsonStrings.closingQuote(bytes, start + 1));
    }

    @SuppressWarnings("unchecked")
    private Set<String> seenHere() {
        if (seen[depth - 1] == null) {
            seen[depth - 1] = new HashSet<String>();
        }
        return (Set<String>) seen[depth - 1];
    }

    private int endOfNumber(int start) {
        int at = start;
        while (at < bytes.length && "+-.eE0123456789".indexOf(bytes[at]) >= 0) {
            at++;
        }
        return at;
    }
}
