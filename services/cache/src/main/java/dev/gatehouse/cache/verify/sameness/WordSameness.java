package dev.gatehouse.cache.verify.sameness;

import dev.gatehouse.cache.verify.text.Comparison;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares answers by their words. Short ones are the same if no number, name, negation or opposite tells them apart; long ones if most
 * of their words are the same and their numbers are. Between, it cannot be told: a lesson that is not sure is none. Linear for long ones.
 */
public final class WordSameness implements Sameness {

    private static final int SHORT_CHARS = 240;
    private static final double SAME = 0.6;
    private static final double OTHER = 0.3;

    @Override
    public Optional<Boolean> same(String question, String kept, String fresh) {
        Set<String> one = words(kept);
        Set<String> other = words(fresh);
        if (one.equals(other)) {
            return Optional.of(true);
        }
        boolean isShort = Math.max(kept.length(), fresh.length()) <= SHORT_CHARS;
        boolean told = isShort ? !Comparison.of(kept, fresh).vetoes().isEmpty() : share(numbers(one), numbers(other)) < SAME;
        double alike = share(one, other);
        if (told || alike <= OTHER) {
            return Optional.of(false);
        }
        return alike >= SAME ? Optional.of(true) : Optional.empty();
    }

    private static Set<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }

    private static Set<String> numbers(Set<String> words) {
        return words.stream().filter(word -> Character.isDigit(word.charAt(0))).collect(Collectors.toSet());
    }

    /** What two sets have in common, of both: 0 to 1; 1 for two empty ones. */
    private static double share(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return one.isEmpty() && other.isEmpty() ? 1 : 2.0 * both.size() / (one.size() + other.size());
    }
}
