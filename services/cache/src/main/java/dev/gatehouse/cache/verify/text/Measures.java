package dev.gatehouse.cache.verify.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much of two questions is alike, in numbers. */
final class Measures {

    private Measures() {}

    /**
     * From 0 to 1, but for the last ones: shares of words in common, of words unmatched in each, of letter triples, of the order kept;
     * whether the word of asking is the same; counts of words unmatched.
     */
    static double[] of(Tokens asked, Tokens stored, Unmatched unmatched) {
        List<String> one = Unmatched.stems(asked.content());
        List<String> other = Unmatched.stems(stored.content());
        List<String> onlyAsked = Unmatched.stems(unmatched.asked());
        List<String> onlyStored = Unmatched.stems(unmatched.stored());
        double longer = Math.max(1, Math.max(one.size(), other.size()));
        return new double[] {
                dice(new HashSet<>(one), new HashSet<>(other)),
                dice(lower(asked), lower(stored)),
                dice(triples(asked), triples(stored)),
                (double) onlyAsked.size() / Math.max(1, one.size()),
                (double) onlyStored.size() / Math.max(1, other.size()),
                (double) Math.min(onlyAsked.size(), onlyStored.size()) / longer,
                (double) common(one, other) / longer,
                (double) common(one, other) / Math.max(1, Math.min(one.size(), other.size())),
                sameAsking(asked, stored),
                Math.min(one.size(), other.size()) / longer,
                onlyAsked.size(),
                onlyStored.size(),
                Repairs.in(asked) || Repairs.in(stored) ? 1 : 0,
                unmatched.hasNames() ? 1 : 0,
                longest(onlyAsked),
                longest(onlyStored),
                longer,
                turned(one, other)};
    }

    /** The share of pairs of common words that stand in the other order. */
    private static double turned(List<String> one, List<String> other) {
        List<Integer> places = new ArrayList<>();
        for (String word : one) {
            int place = place(word, other);
            if (place >= 0 && !places.contains(place)) {
                places.add(place);
            }
        }
        int inverted = 0;
        for (int i = 0; i < places.size(); i++) {
            for (int j = i + 1; j < places.size(); j++) {
                inverted += places.get(i) > places.get(j) ? 1 : 0;
            }
        }
        return inverted / Math.max(1.0, places.size() * (places.size() - 1) / 2.0);
    }

    private static int place(String word, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(word) || Spelling.isKin(words.get(i), word)) {
                return i;
            }
        }
        return -1;
    }

    private static int longest(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }

    private static double sameAsking(Tokens asked, Tokens stored) {
        Set<String> one = asking(asked);
        Set<String> other = asking(stored);
        if (one.isEmpty() || other.isEmpty()) {
            return 0.5;
        }
        return one.stream().anyMatch(other::contains) ? 1 : 0;
    }

    private static Set<String> asking(Tokens tokens) {
        Set<String> asking = new HashSet<>(tokens.words.stream().map(Word::lower).toList());
        asking.retainAll(Asking.WORDS);
        return asking;
    }

    private static Set<String> lower(Tokens tokens) {
        return new HashSet<>(tokens.words.stream().map(Word::lower).toList());
    }

    private static Set<String> triples(Tokens tokens) {
        Set<String> triples = new HashSet<>();
        for (Word word : tokens.words) {
            String padded = "^" + word.lower() + "$";
            for (int i = 0; i + 3 <= padded.length(); i++) {
                triples.add(padded.substring(i, i + 3));
            }
        }
        return triples;
    }

    private static double dice(Set<String> one, Set<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return 1;
        }
        long both = one.stream().filter(other::contains).count();
        return 2.0 * both / (one.size() + other.size());
    }

    /** Length of the longest common run of words in order, gaps allowed. Texts are short: a policy bounds them. */
    private static int common(List<String> one, List<String> other) {
        int[] row = new int[other.size() + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int j = 1; j <= other.size(); j++) {
                int above = row[j];
                row[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(row[j], row[j - 1]);
                diagonal = above;
            }
        }
        return row[other.size()];
    }
}
