package dev.gatehouse.embedding;

/** A text was not embedded. Neither the message nor the cause holds any of it. */
public final class EmbeddingFailed extends RuntimeException {

    /** Why; a label for metrics. */
    public enum Reason {
        /** The text has nothing that an encoder reads: empty, blanks, invisible characters. */
        EMPTY,
        /** More characters or windows than the settings allow. */
        TOO_LONG,
        /** More than half of its tokens are unknown to the encoder: all such texts would have one vector. */
        UNKNOWN_SCRIPT,
        /** As many texts wait as may wait. */
        QUEUE_FULL,
        /** It took longer than the deadline, with the wait. */
        DEADLINE,
        /** The endpoint cannot be reached, or answered with an error. */
        ENDPOINT,
        /** The endpoint does not take this text (a status 400, 413 or 422). */
        REFUSED,
        /** The vector does not have the dimensions that it must have, or has no direction. */
        WRONG_VECTOR,
        /** The model in this process failed. */
        MODEL,
        /** The embedder was closed. */
        CLOSED
    }

    private final Reason reason;

    EmbeddingFailed(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether it is the text that cannot be embedded, by this encoder, ever. */
    public boolean isOfText() {
        return switch (reason) {
            case EMPTY, TOO_LONG, UNKNOWN_SCRIPT, REFUSED -> true;
            default -> false;
        };
    }
}
