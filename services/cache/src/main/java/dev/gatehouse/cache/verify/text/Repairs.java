package dev.gatehouse.cache.verify.text;

import java.util.Set;

/** Sentences that correct themselves: "the upper, no sorry, the lower house". */
final class Repairs {

    private static final Set<String> REPAIRS = Set.of("sorry", "wait", "rather", "um", "umm", "uh", "er", "mean", "actually", "oops", "no");
    // What follows a "no" that corrects, and hardly one that denies.
    private static final Set<String> DENIED_NOT = Set.of("the", "a", "an", "this", "that", "in", "on", "at", "of", "for", "to", "make", "is", "are", "was", "were",
            "did", "does", "do", "i", "not", "instead");

    private Repairs() {}

    static boolean in(Tokens tokens) {
        for (int i = 1; i + 1 < tokens.words.size(); i++) {
            if (tokens.words.get(i).lower().equals("no") || REPAIRS.contains(tokens.words.get(i).lower()) && REPAIRS.contains(tokens.words.get(i + 1).lower())) {
                return true;
            }
        }
        return false;
    }

    /** A "no" between a slip and its correction; before a noun ("no authority") it denies. */
    static boolean repairs(Tokens tokens, int index) {
        if (index == 0 || index + 1 >= tokens.words.size()) {
            return false;
        }
        String before = tokens.words.get(index - 1).lower();
        String after = tokens.words.get(index + 1).lower();
        return REPAIRS.contains(after) || REPAIRS.contains(before) || before.equals("or") || Asking.WORDS.contains(after) || DENIED_NOT.contains(after)
                || tokens.words.get(index + 1).name();
    }
}
