package dev.gatehouse.risk.judge;

/**
 * Something about the answer that keeps it from being judged, whole or in part.
 *
 * @param code    stable code for clients, e.g. {@code uninspectable_content}
 * @param kind    what it is, low-cardinality, e.g. {@code binary}
 * @param message for the client; names no content
 * @param verdict what the policy says to do
 */
public record Objection(String code, String kind, String message, Verdict verdict) {}
