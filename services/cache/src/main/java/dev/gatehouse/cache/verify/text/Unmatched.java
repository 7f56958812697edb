package dev.gatehouse.cache.verify.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Words of content that one question has and the other lacks; misspelt ones are not lacking. */
record Unmatched(List<Word> asked, List<Word> stored) {

    static Unmatched of(Tokens asked, Tokens stored) {
        return new Unmatched(left(asked.content(), stored), left(stored.content(), asked));
    }

    private static List<Word> left(List<Word> words, Tokens others) {
        Set<String> known = new HashSet<>(stems(others.content()));
        List<Word> left = new ArrayList<>(words);
        left.removeIf(word -> known.contains(word.stem()) || others.words.stream().anyMatch(other -> Spelling.isSlip(word, other)));
        return left;
    }

    static List<String> stems(List<Word> words) {
        return words.stream().map(Word::stem).toList();
    }

    boolean isEmpty() {
        return asked.isEmpty() && stored.isEmpty();
    }

    boolean hasNames() {
        return asked.stream().anyMatch(Word::name) || stored.stream().anyMatch(Word::name);
    }
}
