package dev.gatehouse.cache.verify.text;

import dev.gatehouse.cache.verify.wordnet.Relation;
import dev.gatehouse.cache.verify.wordnet.Term;
import dev.gatehouse.cache.verify.wordnet.WordNet;
import java.util.List;
import java.util.Optional;

/** What the words of a question mean, by WordNet. */
final class Dictionary {

    private static final WordNet ENGLISH = WordNet.shipped();
    private static final double SHARE = 0.5;

    private Dictionary() {}

    static Optional<Term> find(String lower) {
        return ENGLISH.find(Stems.base(lower));
    }

    static boolean knows(String lower) {
        return ENGLISH.knows(Stems.base(lower));
    }

    static Relation between(Word one, Word other) {
        Optional<Term> left = one.term();
        Optional<Term> right = other.term();
        return left.isEmpty() || right.isEmpty() ? Relation.UNKNOWN : left.get().to(right.get());
    }

    /** Whether most of a text's words are English: what the dictionary does not know says nothing in another language. */
    static boolean knows(Tokens tokens) {
        List<Word> words = tokens.words.stream().filter(word -> Character.isLetter(word.lower().charAt(0))).toList();
        long known = words.stream().filter(word -> !word.content() || word.lower().length() > 2 && word.term().isPresent()).count();
        return known >= SHARE * words.size();
    }
}
