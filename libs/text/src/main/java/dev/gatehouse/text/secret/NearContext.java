package dev.gatehouse.text.secret;

import java.util.List;

/**
 * The words that make a value at some place a rule's: its keywords, and role words by them. Only words near the value are looked at.
 *
 * @param words of the rule, by start
 * @param roles of the whole text, by start
 */
record NearContext(List<Spot> words, List<Spot> roles, Anchor.Near near) {

    private static final int ROLE_BEFORE = 24;
    private static final int LONGEST_WORD = 48;

    /** Whether a value at the place stands in the context that the rule asks for. */
    boolean holds(int valueStart) {
        return Spot.startingIn(words, valueStart - near.within() - LONGEST_WORD, valueStart).stream().anyMatch(word ->
                word.end() <= valueStart && word.end() + near.within() >= valueStart && (!near.role() || hasRole(word, valueStart)));
    }

    /** Role words by some keyword that starts before the place, none of them part of a keyword. */
    List<Spot> rolesBefore(int place) {
        return Spot.startingIn(roles, words.getFirst().start() - ROLE_BEFORE, place).stream().filter(this::isByWord).toList();
    }

    private boolean hasRole(Spot word, int valueStart) {
        return Spot.startingIn(roles, word.start() - ROLE_BEFORE, valueStart).stream().anyMatch(role -> isOutside(role, word));
    }

    private boolean isByWord(Spot role) {
        int from = role.start() - near.within() - LONGEST_WORD;
        return Spot.startingIn(words, from, role.start() + ROLE_BEFORE).stream().anyMatch(word -> isOutside(role, word));
    }

    private static boolean isOutside(Spot role, Spot word) {
        return role.end() <= word.start() || role.start() >= word.end();
    }
}
