package dev.gatehouse.cache.answer;

/** What a recording has come to. */
public sealed interface Recorded {

    /** An answer that may be kept. */
    record Complete(StoredAnswer answer) implements Recorded {}

    /** None. @param reason a label of metrics */
    record Unusable(String reason) implements Recorded {}
}
