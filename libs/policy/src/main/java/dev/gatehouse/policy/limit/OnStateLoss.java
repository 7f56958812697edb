package dev.gatehouse.policy.limit;

/** How to decide while the store cannot be reached. */
public enum OnStateLoss {
    /** Each replica enforces its share of the limits by itself, and books what was spent when the store is back. */ Local,
    /** Everything passes. */ Open,
    /** Everything is refused (503). */ Closed
}
