package dev.gatehouse.cache.verify;

import java.util.Optional;

/**
 * What a verifier says of a pair.
 *
 * @param score  how likely the stored answer is right, 0 to 1; with a veto below every score that would be of use, and still in order
 * @param veto   the first that was found
 * @param traits what the two differ in: what a pool learns of its own words
 */
public record Judgement(double score, Optional<Veto> veto, Traits traits) {

    /** Without traits: nothing is learnt of words. */
    public Judgement(double score, Optional<Veto> veto) {
        this(score, veto, Traits.NONE);
    }
}
