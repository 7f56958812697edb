package dev.gatehouse.cache.bound;

import dev.gatehouse.cache.verify.Traits;
import dev.gatehouse.state.sum.Sum;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a pool has learnt of its own words: which may differ in two questions that ask the same, and which may not. A weight for each
 * trait, moved by each lesson against its surprise, less with each (Adagrad). At most {@value #MOST} traits, 12 bytes each and as much free;
 * later ones are not learnt. Not thread-safe.
 */
final class Lexicon {

    private static final int MOST = 1 << 14;
    private static final int FIRST = 1 << 8;
    private static final double RATE = 1.5;
    // How far words may move a score, in log odds: down further than up.
    private static final double DOWN = 4;
    private static final double UP = 1;

    private int[] keys = new int[FIRST];
    private float[] weights = new float[FIRST];
    private float[] surprises = new float[FIRST];
    private int size;

    /** What is to be added to the log odds of a pair that differs so. */
    double shift(Traits traits) {
        double sum = 0;
        for (int i = 0; i < traits.size(); i++) {
            sum += weights[place(key(traits.hash(i)))];
        }
        return traits.size() == 0 ? 0 : Math.max(-DOWN, Math.min(UP, sum / Math.sqrt(traits.size())));
    }

    /** What a lesson changes of one trait. */
    interface Change {

        /** @param hash of the trait; the others are to be {@linkplain Lexicon#add added} */
        void add(int hash, double weight, double surprise);
    }

    /**
     * Tells what a lesson changes, and changes nothing itself.
     *
     * @param score the log odds that were believed, the shift in them
     */
    void learn(Traits traits, double score, boolean right, Change to) {
        double error = ((right ? 1 : 0) - Scale.probability(score)) / Math.sqrt(Math.max(1, traits.size()));
        for (int i = 0; i < traits.size(); i++) {
            double surprise = surprises[place(key(traits.hash(i)))] + error * error;
            to.add(traits.hash(i), RATE * error / Math.sqrt(1 + surprise), error * error);
        }
    }

    /** Adds to a trait, where there is room for it. */
    void add(int hash, double weight, double surprise) {
        int key = key(hash);
        if (keys[place(key)] == 0 && !isRoom()) {
            return;
        }
        int place = place(key);
        size += keys[place] == 0 ? 1 : 0;
        keys[place] = key;
        weights[place] += (float) weight;
        surprises[place] += (float) surprise;
    }

    /** All that is learnt, as sums. */
    Stream<Sum> sums() {
        return IntStream.range(0, keys.length).filter(place -> keys[place] != 0)
                .mapToObj(place -> new Sum(SumIds.word(keys[place]), weights[place], surprises[place]));
    }

    /** Half of the places stay free, so that a search ends soon. */
    private boolean isRoom() {
        if (2 * size >= keys.length && keys.length < 2 * MOST) {
            grow();
        }
        return 2 * size < keys.length;
    }

    private void grow() {
        int[] oldKeys = keys;
        float[] oldWeights = weights;
        float[] oldSurprises = surprises;
        keys = new int[2 * oldKeys.length];
        weights = new float[keys.length];
        surprises = new float[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                weights[place] = oldWeights[i];
                surprises[place] = oldSurprises[i];
            }
        }
    }

    /** Where a key is, or would be. */
    private int place(int key) {
        int place = (key * 0x9E3779B9 >>> 7) & (keys.length - 1);
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    /** Zero is no key. */
    private static int key(int hash) {
        return hash == 0 ? 1 : hash;
    }
}
