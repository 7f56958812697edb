package dev.gatehouse.cache.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Takes the cosine for the score, and refuses pairs whose numbers or negations differ. */
public final class CosineVerifier implements Verifier {

    private static final Set<String> NEGATIONS = Set.of("not", "no", "never", "without", "none", "cannot", "nobody", "nothing", "neither");

    @Override
    public List<Judgement> judge(List<Pair> nearest) {
        return nearest.stream().map(CosineVerifier::judge).toList();
    }

    @Override
    public String version() {
        return "cosine-1";
    }

    private static Judgement judge(Pair pair) {
        List<String> asked = words(pair.asked());
        List<String> stored = words(pair.stored());
        if (!numbers(asked).equals(numbers(stored))) {
            return new Judgement(0, Optional.of(Veto.number));
        }
        boolean negated = negations(asked) % 2 != negations(stored) % 2;
        return negated ? new Judgement(0, Optional.of(Veto.negation)) : new Judgement(pair.cosine(), Optional.empty());
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[\\s,;:!?()\"]+")).filter(word -> !word.isEmpty()).toList();
    }

    private static List<String> numbers(List<String> words) {
        return words.stream().filter(word -> word.chars().anyMatch(Character::isDigit)).sorted().toList();
    }

    private static long negations(List<String> words) {
        return words.stream().filter(word -> NEGATIONS.contains(word) || word.endsWith("n't") || word.endsWith("n\u2019t")).count();
    }
}
