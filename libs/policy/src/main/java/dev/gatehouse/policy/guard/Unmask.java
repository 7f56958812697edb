package dev.gatehouse.policy.guard;

/** What becomes of placeholders in the answer. */
public enum Unmask {
    /** The client reads the values that they stand for. */ Restore,
    /** The client reads the placeholders. */ Keep
}
