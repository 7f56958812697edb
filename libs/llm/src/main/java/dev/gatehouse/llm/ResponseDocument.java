package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.List;
import java.util.Map;

/**
 * The JSON of a response: a whole body, or one event of a stream. Its texts can be replaced without touching another byte. Immutable.
 */
public final class ResponseDocument {

    private final Format format;
    private final JsonDocument document;
    private final ShapeWalk.Found found;

    private ResponseDocument(Format format, JsonDocument document, ShapeWalk.Found found) {
        this.format = format;
        this.document = document;
        this.found = found;
    }

    /** Reads the JSON of a body or of an event; strict as for requests. */
    public static ResponseDocument parse(Format format, byte[] json) throws MalformedJson {
        return of(format, JsonDocument.parse(json));
    }

    /** As {@link #parse}, for a document that was read before. */
    public static ResponseDocument of(Format format, JsonDocument document) throws MalformedJson {
        return new ResponseDocument(format, document, ResponseShapes.walk(format, document.root()));
    }

    public Format format() {
        return format;
    }

    /** Texts, thinking, refusals, tool arguments and names that the model wrote, in the order of the document. */
    public List<TextPart> parts() {
        return found.parts();
    }

    /** Images, files and unknown parts in the answer. */
    public List<Uninspectable> uninspectable() {
        return found.uninspectable();
    }

    /** The JSON with some of its parts replaced; every other byte is as it came. */
    public byte[] replacing(Map<TextPart, String> replacements) {
        return document.with(replacements.entrySet().stream().map(entry -> entry.getKey().edit(entry.getValue())).toList());
    }

    public JsonValue root() {
        return document.root();
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "ResponseDocument[" + format + ", " + found.parts().size() + " texts]";
    }
}
