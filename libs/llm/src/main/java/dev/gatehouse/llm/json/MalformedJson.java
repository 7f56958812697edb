package dev.gatehouse.llm.json;

/**
 * A document that is no JSON, or JSON that parsers read differently. Says why and where, never what stood there; has no cause and
 * no stack trace, since both could hold content.
 */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why a document was refused. */
    public enum Reason {
        /** No JSON by RFC 8259. */ SYNTAX("is not valid JSON"),
        /** The body ends inside a value, or is empty. */ INCOMPLETE("ends too early"),
        /** Bytes follow the value. */ TRAILING_BYTES("has bytes after its end"),
        /** Not UTF-8, or UTF-16/32. */ INVALID_UTF8("is not valid UTF-8"),
        /** A byte order mark stands first. */ BYTE_ORDER_MARK("starts with a byte order mark"),
        /** The same key twice in one object. */ DUPLICATE_KEY("has the same key twice in an object"),
        /** A key that differs from a field of the format only in case. */ CASE_VARIANT_KEY("has a key that differs from a known field only in case"),
        /** Deeper than {@link JsonDocument#MAX_DEPTH}. */ TOO_DEEP("is nested too deeply"),
        /** A key is too long, or there are more than {@link JsonDocument#MAX_VALUES} values. */ TOO_LARGE("has too many values or too long keys"),
        /** JSON, but not the object (or batch) that the format asks for. */ WRONG_SHAPE("is not the JSON object its format asks for");

        private final String says;

        Reason(String says) {
            this.says = says;
        }
    }

    private final Reason reason;
    private final long offset;

    public MalformedJson(Reason reason, long offset) {
        super("the body " + reason.says + " (byte " + offset + ")", null, false, false);
        this.reason = reason;
        this.offset = offset;
    }

    public Reason reason() {
        return reason;
    }

    /** Zero-based byte offset in the body where the fault was seen. */
    public long offset() {
        return offset;
    }
}
