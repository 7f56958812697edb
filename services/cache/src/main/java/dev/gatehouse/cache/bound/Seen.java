package dev.gatehouse.cache.bound;

/** What a look-up saw, for the count of requests. */
public sealed interface Seen {

    /** The exact question. */
    record Exact() implements Seen {}

    /** An entry that came nearest. @param entry under what the bound knows it */
    record Near(String entry, Candidate candidate) implements Seen {}

    /** Nothing near. */
    record Nothing() implements Seen {}
}
