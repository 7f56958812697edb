package dev.gatehouse.cache.verify.text;

import dev.gatehouse.cache.verify.wordnet.Relation;
import dev.gatehouse.cache.verify.wordnet.Term;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of one question stands for what of the other, by what the words mean: "plane" for "aircraft" explains itself, "iron" for "zinc" does not. */
final class Substitutions {

    // More words than these are told apart by their number.
    private static final int MOST = 12;
    private static final int UNKNOWN_RARITY = 17;
    private static final int SHORTEST_NAME = 4;
    private static final int OTHER_NOUN = 3;
    private static final Set<String> DETERMINERS = Set.of("a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "their", "his", "her", "its");

    /**
     * A word that the other question lacks.
     *
     * @param nearest that any such word of the other comes to it
     * @param kin     whether one of those begins like it
     * @param placed  whether it stands where a noun does
     */
    private record Left(Word word, Relation nearest, boolean kin, boolean placed) {

        boolean unexplained() {
            return !nearest.explains();
        }

        boolean noun() {
            return unexplained() && (placed || word.name() || word.term().map(Term::noun).orElse(true));
        }

        /** Written as a name, known as one, or in no dictionary. */
        boolean named() {
            return noun() && !kin && (word.name() || word.term().map(Term::name).orElse(word.lower().length() >= SHORTEST_NAME));
        }

        int rarity() {
            return word.term().map(Term::rarity).orElse(UNKNOWN_RARITY);
        }
    }

    private final List<Left> asked;
    private final List<Left> stored;
    private final List<Gap> gaps;
    private final boolean english;
    private final double inOrder;

    private Substitutions(List<Left> asked, List<Left> stored, List<Gap> gaps, boolean english, double inOrder) {
        this.asked = asked;
        this.stored = stored;
        this.gaps = gaps;
        this.english = english;
        this.inOrder = inOrder;
    }

    static Substitutions of(Tokens asked, Tokens stored, Unmatched unmatched) {
        List<Gap> gaps = Gap.between(asked.words, stored.words);
        int all = asked.words.size() + stored.words.size();
        int apart = gaps.stream().mapToInt(gap -> gap.asked().size() + gap.stored().size()).sum();
        return new Substitutions(left(unmatched.asked(), unmatched.stored(), asked), left(unmatched.stored(), unmatched.asked(), stored), gaps,
                Dictionary.knows(asked) && Dictionary.knows(stored), all == 0 ? 1 : 1 - (double) apart / all);
    }

    private static List<Left> left(List<Word> words, List<Word> others, Tokens question) {
        return words.stream().filter(word -> !word.isNumber()).limit(MOST).map(word -> left(word, others, question)).toList();
    }

    private static Left left(Word word, List<Word> others, Tokens question) {
        boolean kin = others.stream().anyMatch(other -> Spelling.isKin(word.stem(), other.stem()));
        return new Left(word, nearest(word, others), kin, isPlaced(question.words, question.words.indexOf(word)));
    }

    /** "the search service": what stands between an article and a noun, and is no adjective, is a noun, whatever it mostly is. */
    private static boolean isPlaced(List<Word> words, int index) {
        return index > 0 && index + 1 < words.size() && DETERMINERS.contains(words.get(index - 1).lower())
                && words.get(index + 1).term().map(Term::noun).orElse(false) && words.get(index).term().map(Term::thing).orElse(false);
    }

    private static Relation nearest(Word word, List<Word> others) {
        return others.stream().limit(2 * MOST).map(other -> Dictionary.between(word, other)).min(Relation::compareTo).orElse(Relation.UNKNOWN);
    }

    /** Whether, in English, each names something that the other does not, or all is the same but one noun, which means something else. */
    boolean areOtherThings() {
        return english && (asked.stream().anyMatch(Left::named) && stored.stream().anyMatch(Left::named) || frame() == OTHER_NOUN);
    }

    /** In this order the model was fitted. */
    double[] measures() {
        long nounsAsked = asked.stream().filter(Left::noun).count();
        long nounsStored = stored.stream().filter(Left::noun).count();
        List<Gap> filled = gaps.stream().filter(Gap::isFilled).toList();
        List<Set<Relation>> nouns = relations(Left::noun);
        List<Set<Relation>> all = relations(Left::unexplained);
        return new double[] {
                (double) both().filter(left -> !left.unexplained()).count() / Math.max(1, asked.size() + stored.size()),
                both().filter(left -> left.nearest == Relation.WIDER).count(),
                nounsAsked,
                nounsStored,
                Math.min(nounsAsked, nounsStored),
                Math.min(rarity(asked), rarity(stored)),
                Math.max(rarity(asked), rarity(stored)),
                count(nouns, Relation.SIBLING),
                count(all, Relation.SIBLING),
                count(all, Relation.OPPOSITE),
                count(nouns, Relation.UNKNOWN),
                filled.size(),
                filled.stream().filter(this::isOther).count(),
                frame(),
                inOrder};
    }

    private Stream<Left> both() {
        return Stream.concat(asked.stream(), stored.stream());
    }

    private static int rarity(List<Left> lefts) {
        return lefts.stream().filter(Left::noun).mapToInt(Left::rarity).max().orElse(0);
    }

    /** How many words of what is asked have a relation to one that is stored, both unexplained. */
    private static long count(List<Set<Relation>> relations, Relation relation) {
        return relations.stream().filter(found -> found.contains(relation)).count();
    }

    /** For each unexplained word of what is asked what it is to those that are stored. */
    private List<Set<Relation>> relations(Predicate<Left> which) {
        List<Word> others = stored.stream().filter(which).map(Left::word).toList();
        return asked.stream().filter(which).map(left -> others.stream().map(other -> Dictionary.between(left.word, other)).collect(Collectors.toSet())).toList();
    }

    /** Whether unexplained words stand on both sides of a gap. */
    private boolean isOther(Gap gap) {
        return in(gap.asked(), asked).findAny().isPresent() && in(gap.stored(), stored).findAny().isPresent();
    }

    private static Stream<Left> in(List<Word> words, List<Left> lefts) {
        return lefts.stream().filter(left -> left.unexplained() && words.contains(left.word));
    }

    /** Where all the rest is the same: 0 for no other word in the place of one, 1 for a word that means something near, 2 for another word, 3 for another noun. */
    private int frame() {
        List<Gap> filled = gaps.stream().filter(Gap::isFilled).toList();
        if (filled.size() != 1 || !filled.getFirst().isReplacement()) {
            return 0;
        }
        Gap gap = filled.getFirst();
        if (!isOther(gap)) {
            return 1;
        }
        return in(gap.asked(), asked).anyMatch(Left::noun) && in(gap.stored(), stored).anyMatch(Left::noun) ? OTHER_NOUN : 2;
    }
}
