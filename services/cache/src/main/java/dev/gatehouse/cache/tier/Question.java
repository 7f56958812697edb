package dev.gatehouse.cache.tier;

import dev.gatehouse.cache.bound.Pool;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One question to the cache.
 *
 * @param pool         whose evidence it belongs to
 * @param owner        whose caps its answer counts in
 * @param set          its hard key: all that two questions must have in common, but their words
 * @param entry        its exact key, of this set
 * @param label        by which the entries of its model are found
 * @param text         what was asked
 * @param vector       of the text
 * @param placeholders of the guard in its whole prompt: an answer with others is not for it
 * @param terms        on which it is looked up and kept
 * @param maxAge       an older answer is not wanted
 */
public record Question(
        Pool pool, Key owner, Key set, Key entry, String label, String text, TextVector vector, Set<String> placeholders, Terms terms,
        Optional<Duration> maxAge) {

    public Question {
        placeholders = Set.copyOf(placeholders);
    }

    public Question(
            Pool pool, Key owner, Key set, Key entry, String label, String text, TextVector vector, Set<String> placeholders, Terms terms) {
        this(pool, owner, set, entry, label, text, vector, placeholders, terms, Optional.empty());
    }

    /** The same question, for which an older answer is not wanted. */
    public Question notOlderThan(Optional<Duration> age) {
        return new Question(pool, owner, set, entry, label, text, vector, placeholders, terms, age);
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "Question[" + entry + ", " + text.length() + " chars]";
    }
}
