package dev.gatehouse.guard.inspect;

/**
 * Something about the request that keeps the guard from reading it, whole or in part.
 *
 * @param code    stable code for clients, e.g. {@code uninspectable_content}
 * @param status  HTTP status when it blocks
 * @param kind    what it is, low-cardinality, e.g. {@code images}
 * @param path    JSON pointer, or empty for the whole body
 * @param message for the client; names no content
 * @param verdict what the policy says to do
 */
public record Objection(String code, int status, String kind, String path, String message, Verdict verdict) {}
