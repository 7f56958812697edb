package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes numbers of a text and its embedding: words and pairs of neighbouring words, hashed into {@value #BUCKETS} places, weighted by how
 * rare they are and together of length 1; beside them the embedding, of length 1 less the mean of all; and a constant.
 *
 * @param rarity of each place
 * @param mean   of the embeddings
 */
record Features(float[] rarity, float[] mean) {

    static final int BUCKETS = 1 << 16;
    /** Of a text so many characters are read. */
    private static final int MOST_CHARACTERS = 16_384;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{2,}");

    /** Values at places; all others are 0. */
    record Input(int[] places, float[] values) {

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

    /** What these requests tell of rarity. */
    static Features of(List<Labelled> requests) {
        int[] seen = new int[BUCKETS];
        float[] mean = new float[requests.getFirst().vector().dimensions()];
        for (Labelled request : requests) {
            counts(request.text()).keySet().forEach(place -> seen[place]++);
            float[] unit = unit(request.vector());
            for (int d = 0; d < mean.length; d++) {
                mean[d] += unit[d] / requests.size();
            }
        }
        float[] rarity = new float[BUCKETS];
        for (int place = 0; place < BUCKETS; place++) {
            rarity[place] = seen[place] == 0 ? 0 : (float) (Math.log((1.0 + requests.size()) / (1 + seen[place])) + 1);
        }
        return new Features(rarity, mean);
    }

    /** How many places there are: weights are as many. */
    int size() {
        return BUCKETS + mean.length + 1;
    }

    /** @throws IllegalArgumentException for a vector of other dimensions than those it was made of */
    Input input(Int8Vector vector, String text) {
        if (vector.dimensions() != mean.length) {
            throw new IllegalArgumentException("a vector of " + vector.dimensions() + " dimensions, not " + mean.length);
        }
        Map<Integer, Integer> counts = counts(text);
        counts.keySet().removeIf(place -> rarity[place] == 0);
        Input input = new Input(new int[counts.size() + mean.length + 1], new float[counts.size() + mean.length + 1]);
        words(counts, input);
        meaning(vector, counts.size(), input);
        return input;
    }

    private void words(Map<Integer, Integer> counts, Input input) {
        int at = 0;
        double squares = 0;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            double value = (1 + Math.log(entry.getValue())) * rarity[entry.getKey()];
            input.places()[at] = entry.getKey();
            input.values()[at++] = (float) value;
            squares += value * value;
        }
        for (int i = 0; i < at; i++) {
            input.values()[i] /= (float) Math.sqrt(squares);
        }
    }

    private void meaning(Int8Vector vector, int from, Input input) {
        float[] unit = unit(vector);
        for (int d = 0; d < mean.length; d++) {
            input.places()[from + d] = BUCKETS + d;
            input.values()[from + d] = unit[d] - mean[d];
        }
        input.places()[from + mean.length] = BUCKETS + mean.length;
        input.values()[from + mean.length] = 1;
    }

    private static float[] unit(Int8Vector vector) {
        float[] unit = vector.floats();
        double squares = 0;
        for (float value : unit) {
            squares += value * value;
        }
        for (int d = 0; d < unit.length; d++) {
            unit[d] /= (float) Math.sqrt(squares);
        }
        return unit;
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
        return other instanceof Features that && Arrays.equals(rarity, that.rarity) && Arrays.equals(mean, that.mean);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mean);
    }
}
