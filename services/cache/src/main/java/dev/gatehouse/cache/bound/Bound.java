package dev.gatehouse.cache.bound;

/** Holds wrong hits within each pool's target, by what it has learnt of how right scores are. Thread-safe. */
public interface Bound {

    /** Changes nothing. */
    Decision decide(Pool pool, String entry, Candidate best);

    /** A fresh answer told whether the entry's would have been right. */
    void learn(Pool pool, String entry, Candidate candidate, boolean right);
}
