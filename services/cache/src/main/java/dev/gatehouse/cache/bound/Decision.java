package dev.gatehouse.cache.bound;

/** What becomes of a candidate. */
public sealed interface Decision {

    /** Its answer is served. */
    record Serve() implements Decision {}

    /** It would be served, and goes to the model to learn. */
    record Explore() implements Decision {}

    /** It is not sure enough. */
    record Refuse() implements Decision {}
}
