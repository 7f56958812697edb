package dev.gatehouse.cache.bound;

/** Holds wrong hits within each pool's target, by what it has learnt of how right scores are. Thread-safe. */
public interface Bound {

    /** Changes nothing; the same answer until something is counted or learnt. */
    Decision decide(Pool pool, String entry, Candidate best);

    /** How likely an entry's answer is right, 0 to 1, with what the pool has learnt: for the order of those that are near. Changes nothing. */
    default double score(Pool pool, String entry, Candidate candidate) {
        return candidate.judgement().score();
    }

    /** The score from which on an entry without a record of its own is served now, 0 to 1; 1 where none is. */
    double threshold(Pool pool);

    /** A request was looked up. */
    void asked(Pool pool, Seen seen);

    /** An entry that came near was served. */
    void served(Pool pool, String entry, Candidate candidate);

    /** A fresh answer told whether the entry's would have been right. */
    void learn(Pool pool, String entry, Candidate candidate, boolean right);

    /** It also told of an entry that was looked at and was not the best. */
    default void compared(Pool pool, String entry, Candidate candidate, boolean right) {}

    /** What is known of all pools of a policy. @param policy UID */
    Estimate estimate(String policy);
}
