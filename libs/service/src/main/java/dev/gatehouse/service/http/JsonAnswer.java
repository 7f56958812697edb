package dev.gatehouse.service.http;

/** Answers one JSON document with another. Runs on a virtual thread, may block. */
@FunctionalInterface
public interface JsonAnswer {

    /**
     * @throws BadDocument when the document is not what the endpoint takes
     */
    byte[] answer(byte[] document) throws Exception;

    /** The client's document is wrong; the message says how and holds nothing of its content. */
    final class BadDocument extends RuntimeException {
        public BadDocument(String message) {
            super(message);
        }
    }
}
