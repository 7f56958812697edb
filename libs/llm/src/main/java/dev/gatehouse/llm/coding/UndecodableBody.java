package dev.gatehouse.llm.coding;

/** A body whose content coding cannot be undone within its bounds. The message never holds content. */
public final class UndecodableBody extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** A coding that is not known, or too many of them. */ UNKNOWN_CODING,
        /** The bytes are not of the coding that the header names. */ CORRUPT,
        /** More bytes than allowed. */ TOO_LARGE,
        /** More bytes for each byte sent than allowed. */ TOO_DENSE
    }

    private final Reason reason;

    UndecodableBody(Reason reason) {
        super("the encoded body cannot be decoded: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
