package dev.gatehouse.llm;

/**
 * Content that reaches a model and cannot be read here.
 *
 * @param kind     what it is
 * @param jsonPath where it stands, a JSON pointer; empty if the whole body is meant
 */
public record Uninspectable(Kind kind, String jsonPath) {

    /** What cannot be read. */
    public enum Kind {
        IMAGE, FILE, AUDIO, VIDEO,
        /** Text that lies at the provider and is named by id: earlier responses, conversations, prompts, caches, files, stores. */ STORED_TEXT,
        /** Token numbers in the place of text. */ TOKENS,
        /** A content part of an unknown type; its strings are also returned as text of kind OTHER. */ UNKNOWN_PART,
        /** A multipart upload. */ MULTIPART,
        /** A WebSocket or another upgrade. */ WEBSOCKET,
        /** A content encoding that cannot be decoded, or not within its bounds. */ ENCODED_BODY,
        /** A body in no known format. */ UNKNOWN_FORMAT
    }
}
