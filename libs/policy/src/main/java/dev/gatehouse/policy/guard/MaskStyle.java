package dev.gatehouse.policy.guard;

/** What stands in place of a masked text. */
public enum MaskStyle {
    /** {@code [EMAIL_1]}: numbered, the same value the same number within an exchange. */ Placeholder,
    /** {@code [REDACTED_EMAIL]}, never put back. */ Redact,
    /** A keyed hash: the same value reads the same across requests, and cannot be guessed. */ Hash,
    /** The last characters stay readable. */ Partial
}
