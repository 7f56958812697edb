package dev.gatehouse.cache.verify.sameness;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Two answers say the same if most of their words are the same, something else if few are; between, it cannot be told. */
public final class WordSameness implements Sameness {

    private static final double SAME = 0.8;
    private static final double OTHER = 0.4;

    @Override
    public Optional<Boolean> same(String question, String kept, String fresh) {
        Set<String> one = words(kept);
        Set<String> other = words(fresh);
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        double dice = one.isEmpty() && other.isEmpty() ? 1 : 2.0 * both.size() / (one.size() + other.size());
        return dice >= SAME ? Optional.of(true) : dice <= OTHER ? Optional.of(false) : Optional.empty();
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    }
}
