package dev.gatehouse.text.signature;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Misspellings under which a word of the rules is known too: two neighbouring letters swapped, one letter left out (longer words), and
 * every l read as i, which is what the digit one becomes in the leet reading.
 */
final class SpellingVariants {

    private static final int SWAP_FROM = 5;
    private static final int DROP_FROM = 7;

    private SpellingVariants() {
    }

    /** The variants of a word of the Latin alphabet; none for others. */
    static Set<String> of(String word) {
        Set<String> variants = new LinkedHashSet<>();
        if (word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            addSwapped(word, variants);
            addShortened(word, variants);
            variants.add(word.replace('l', 'i'));
            variants.remove(word);
        }
        return variants;
    }

    private static void addSwapped(String word, Set<String> variants) {
        for (int i = 0; word.length() >= SWAP_FROM && i + 1 < word.length(); i++) {
            variants.add(word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2));
        }
    }

    private static void addShortened(String word, Set<String> variants) {
        for (int i = 1; word.length() >= DROP_FROM && i < word.length(); i++) {
            variants.add(word.substring(0, i) + word.substring(i + 1));
        }
    }
}
