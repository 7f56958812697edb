package dev.gatehouse.router.gain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes numbers of a text's words: words and pairs of neighbouring words, hashed into {@value #BUCKETS} places, weighted by how rare they are,
 * and together of length 1.
 *
 * @param rarity of each place; 0 where none was met
 */
record Words(float[] rarity) {

    static final int BUCKETS = 1 << 16;
    /** Of a text so many characters are read. */
    private static final int MOST_CHARACTERS = 16_384;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{2,}");

    /** Values at places; all others are 0. */
    record Sparse(int[] places, float[] values) {

        double times(float[] weights) {
            double sum = 0;
            for (int i = 0; i < places.length; i++) {
                sum += weights[places[i]] * values[i];
            }
            return sum;
        }

        void addTo(float[] sums, float factor) {
            for (int i = 0; i < places.length; i++) {
                sums[places[i]] += factor * values[i];
            }
        }
    }

    /** What these texts tell of rarity. */
    static Words of(List<String> texts) {
        int[] seen = new int[BUCKETS];
        texts.forEach(text -> counts(text).keySet().forEach(place -> seen[place]++));
        float[] rarity = new float[BUCKETS];
        for (int place = 0; place < BUCKETS; place++) {
            rarity[place] = seen[place] == 0 ? 0 : (float) (Math.log((1.0 + texts.size()) / (1 + seen[place])) + 1);
        }
        return new Words(rarity);
    }

    Sparse in(String text) {
        Map<Integer, Integer> counts = counts(text);
        counts.keySet().removeIf(place -> rarity[place] == 0);
        int[] places = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
        float[] values = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = (float) ((1 + Math.log(counts.get(places[i]))) * rarity[places[i]]);
        }
        Lengths.toOne(values);
        return new Sparse(places, values);
    }

    /** How often each place is met, in the order of places. */
    private static Map<Integer, Integer> counts(String text) {
        String read = text.substring(0, Math.min(text.length(), MOST_CHARACTERS)).toLowerCase(Locale.ROOT);
        String[] words = WORD.matcher(read).results().map(MatchResult::group).toArray(String[]::new);
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < words.length; i++) {
            counts.merge(place(words[i]), 1, Integer::sum);
            if (i > 0) {
                counts.merge(place(words[i - 1] + " " + words[i]), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static int place(String term) {
        int hash = term.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 15) & BUCKETS - 1;
    }

    /** By what they hold. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Words that && Arrays.equals(rarity, that.rarity);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rarity);
    }
}
