package dev.gatehouse.cache.verify.text;

import dev.gatehouse.cache.verify.Veto;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Differences that matter, whatever else is alike. */
final class Vetoes {

    private static final Set<String> NEGATIONS = Set.of("not", "no", "never", "without", "cannot", "nobody", "nothing", "neither", "nor", "none", "non");
    // What joins a second wish to a first.
    private static final Set<String> JOINING = Set.of("and", "then", "but", "also", "plus", "afterwards");

    private static final Set<String> WISHING = Set.of("tell", "show", "give", "explain", "describe", "say", "find", "ask", "help", "let", "use", "go");

    private final Tokens asked;
    private final Tokens stored;
    private final Unmatched unmatched;
    private final Substitutions substitutions;
    private final boolean repaired;

    Vetoes(Tokens asked, Tokens stored, Unmatched unmatched, Substitutions substitutions) {
        this.asked = asked;
        this.stored = stored;
        this.unmatched = unmatched;
        this.substitutions = substitutions;
        this.repaired = Repairs.in(asked) || Repairs.in(stored);
    }

    Set<Veto> all() {
        Set<Veto> found = EnumSet.noneOf(Veto.class);
        add(found, Veto.number, !sameNumbers() || !Units.agree(asked.words, stored.words));
        add(found, Veto.negation, negations(asked) % 2 != negations(stored) % 2);
        add(found, Veto.opposite, hasOpposites());
        add(found, Veto.direction, Turns.areRoundIn(asked, stored) || Roles.areSwapped(asked.words, stored.words));
        add(found, Veto.entity, otherNames() || substitutions.areOtherThings());
        add(found, Veto.quotation, !asked.quotations.isEmpty() && !stored.quotations.isEmpty() && !new HashSet<>(asked.quotations).equals(new HashSet<>(stored.quotations)));
        add(found, Veto.code, !signs(asked).equals(signs(stored)));
        add(found, Veto.addition, wantsMore(asked, stored, unmatched.asked(), unmatched.stored()) || wantsMore(stored, asked, unmatched.stored(), unmatched.asked()));
        return found;
    }

    /** Whether one says all that the other says, and joins to it a wish that the other does not have. */
    private boolean wantsMore(Tokens one, Tokens other, List<Word> onlyOne, List<Word> onlyOther) {
        return !onlyOne.isEmpty() && onlyOther.isEmpty() && !repaired && IntStream.range(0, one.words.size())
                .anyMatch(i -> joins(one, i) && said(one, i) > said(other, one.words.get(i)) && isWish(one.words.subList(i + 1, one.words.size()), onlyOne));
    }

    private static boolean joins(Tokens tokens, int index) {
        return JOINING.contains(tokens.words.get(index).lower());
    }

    private static long said(Tokens tokens, int index) {
        return said(tokens, tokens.words.get(index));
    }

    private static long said(Tokens tokens, Word word) {
        return tokens.words.stream().filter(said -> said.lower().equals(word.lower())).count();
    }

    /** "and then shred it", "but how long": "but I am not sure" is none. */
    private static boolean isWish(List<Word> tail, List<Word> only) {
        boolean begins = tail.stream().dropWhile(word -> JOINING.contains(word.lower())).findFirst()
                .filter(word -> word.content() || Asking.WORDS.contains(word.lower()) || WISHING.contains(word.lower())).isPresent();
        return begins && tail.stream().anyMatch(only::contains);
    }

    private static void add(Set<Veto> found, Veto veto, boolean holds) {
        if (holds) {
            found.add(veto);
        }
    }

    private boolean sameNumbers() {
        return counted(asked.numbers).equals(counted(stored.numbers)) || repaired && subset(asked.numbers, stored.numbers);
    }

    private static boolean subset(List<String> one, List<String> other) {
        return new HashSet<>(one).containsAll(other) || new HashSet<>(other).containsAll(one);
    }

    private static Map<String, Integer> counted(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    /** Of a sentence that corrects itself ("no, I mean") the "no" is none. */
    private static int negations(Tokens tokens) {
        int found = 0;
        for (int i = 0; i < tokens.words.size(); i++) {
            String word = tokens.words.get(i).lower();
            boolean negates = NEGATIONS.contains(word) && !(word.equals("no") && Repairs.repairs(tokens, i)) || word.endsWith("n't");
            found += negates ? 1 : 0;
        }
        return found;
    }

    private boolean hasOpposites() {
        List<String> one = rest(asked, stored);
        List<String> other = rest(stored, asked);
        return one.stream().anyMatch(word -> other.stream().anyMatch(opposite -> Opposites.are(word, opposite)));
    }

    /** All words, function words too, that the other lacks or has less often. */
    private static List<String> rest(Tokens one, Tokens other) {
        List<String> left = new ArrayList<>(one.words.stream().map(Word::stem).toList());
        other.words.forEach(word -> left.remove(word.stem()));
        return left;
    }

    private boolean otherNames() {
        return !names(asked, stored).isEmpty() && !names(stored, asked).isEmpty();
    }

    /** Names that the other lacks, however they are written. */
    private static List<Word> names(Tokens one, Tokens other) {
        Set<String> known = new HashSet<>(Unmatched.stems(other.words));
        return one.words.stream().filter(word -> word.name() && !known.contains(word.stem()) && other.words.stream().noneMatch(candidate -> Spelling.isSlip(word, candidate))).toList();
    }

    private static Map<String, Integer> signs(Tokens tokens) {
        return counted(tokens.signs.stream().filter(sign -> !"%$\u20AC\u00A3#-/".contains(sign)).toList());
    }
}
