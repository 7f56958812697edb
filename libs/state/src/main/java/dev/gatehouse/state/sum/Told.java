package dev.gatehouse.state.sum;

import java.util.List;

/** What the store answers to a replica that has told its own. */
public sealed interface Told {

    /** What was added since. @param upTo the turn from which to ask on; @param others what others have added, in their order */
    record News(long upTo, List<Sum> others) implements Told {}

    /** More has happened than is remembered one by one: all sums as they are, the replica's own in them. */
    record Whole(long upTo, List<Sum> all) implements Told {}

    /** The store has lost what it knew, and took nothing: who still knows may tell all of it, {@linkplain Telling#anew anew}. */
    record Lost() implements Told {}
}
