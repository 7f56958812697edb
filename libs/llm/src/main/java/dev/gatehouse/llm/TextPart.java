package dev.gatehouse.llm;

import dev.gatehouse.llm.json.Edit;
import dev.gatehouse.llm.json.JsonValue;
import java.util.Optional;

/**
 * One string of a document that a model reads or wrote. Compared by identity: it is one place in one document.
 */
public final class TextPart {

    private final Role role;
    private final PartKind kind;
    private final int index;
    private final int list;
    private final JsonValue value;
    private final Optional<JsonValue> inner;
    private String text;

    TextPart(Role role, PartKind kind, int index, int list, JsonValue value, Optional<JsonValue> inner) {
        this.role = role;
        this.kind = kind;
        this.index = index;
        this.list = list;
        this.value = value;
        this.inner = inner;
    }

    public Role role() {
        return role;
    }

    public PartKind kind() {
        return kind;
    }

    /** Number of the choice or content block in a response, as the provider numbers it; 0 in requests. */
    public int index() {
        return index;
    }

    /** The list of content parts that the text stands in: equal numbers are one list, and a text in no such list has its own. */
    public int list() {
        return list;
    }

    /** The string of the document that the text is, or stands in. */
    public JsonValue string() {
        return value;
    }

    /** Where the string stands: a JSON pointer (RFC 6901) from the root of the body. Found anew at each call, in the time that takes. */
    public String jsonPath() {
        return value.pointer();
    }

    /** Where the text stands inside that string, if the string is JSON itself (tool call arguments); else empty. */
    public String innerPath() {
        return inner.map(JsonValue::pointer).orElse("");
    }

    /** The unescaped text. May hold a lone surrogate if the document escapes one. */
    public String text() {
        if (text == null) {
            text = inner.orElse(value).text();
        }
        return text;
    }

    /** Whether this is the key of a member, not a value. */
    public boolean isKey() {
        return inner.orElse(value).is(JsonValue.Kind.KEY);
    }

    Edit edit(String replacement) {
        return inner.map(in -> Edit.ofInnerString(value, in, replacement)).orElseGet(() -> Edit.ofString(value, replacement));
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "TextPart[" + role + " " + kind + "]";
    }
}
