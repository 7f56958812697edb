package dev.gatehouse.cache.tier;

import dev.gatehouse.cache.bound.Candidate;
import dev.gatehouse.state.Key;

/**
 * The entry that came nearest to answering.
 *
 * @param entry     its key
 * @param candidate what the verifier says to it
 * @param kept      what it holds
 */
public record Near(Key entry, Candidate candidate, Kept kept) {

    /** Under what the bound knows it. */
    public String id() {
        return entry.text().substring(entry.text().lastIndexOf(':') + 1);
    }
}
