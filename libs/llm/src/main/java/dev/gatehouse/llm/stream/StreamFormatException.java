package dev.gatehouse.llm.stream;

/** A stream that breaks its framing or its bounds. The message never holds content. */
public final class StreamFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    public StreamFormatException(String message) {
        super(message, null, false, false);
    }
}
