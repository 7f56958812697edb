package dev.gatehouse.cache.verify.text;

import dev.gatehouse.cache.verify.wordnet.Term;
import java.util.Optional;

/** One word of a question. */
final class Word {

    private final String lower;
    private final String stem;
    private final boolean content;
    private final boolean name;
    private Optional<Term> term;

    /**
     * @param lower   in lower case, as it stands
     * @param stem    without common endings
     * @param content whether it says what the question is about: no function word, no word of asking
     * @param name    whether it is written as a name: with a capital inside a sentence
     */
    Word(String lower, String stem, boolean content, boolean name) {
        this.lower = lower;
        this.stem = stem;
        this.content = content;
        this.name = name;
    }

    String lower() {
        return lower;
    }

    String stem() {
        return stem;
    }

    boolean content() {
        return content;
    }

    boolean name() {
        return name;
    }

    boolean isNumber() {
        return Character.isDigit(stem.charAt(0)) || stem.charAt(0) == '-';
    }

    /** What it means; looked up once. */
    Optional<Term> term() {
        if (term == null) {
            term = Dictionary.find(lower);
        }
        return term;
    }
}
