package dev.gatehouse.policy.limit;

/** What a quota counts. */
public enum Unit {
    /** Input and output tokens together. */ Tokens,
    /** Tokens of the prompt, cached ones included. */ InputTokens,
    /** Tokens of the answer, reasoning included. */ OutputTokens,
    /** Requests. */ Requests,
    /** Money, by {@code spec.prices}, in their currency. */ Cost,
    /** Bytes of the request's body. */ Bytes;

    /** Whether it depends on tokens, and so on the answer or on its estimate. */
    public boolean isOfTokens() {
        return this != Requests && this != Bytes;
    }

    /** Whether the whole charge is known before there is an answer. */
    public boolean isKnownAtRequest() {
        return this == Requests || this == Bytes || this == InputTokens;
    }
}
