package dev.gatehouse.cache.bound;

import dev.gatehouse.cache.verify.Traits;

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

    /** @param score the log odds that were believed, the shift in them */
    void learn(Traits traits, double score, boolean right) {
        double error = ((right ? 1 : 0) - Scale.probability(score)) / Math.sqrt(Math.max(1, traits.size()));
        for (int i = 0; i < traits.size(); i++) {
            move(key(traits.hash(i)), error);
        }
    }

    private void move(int key, double error) {
        if (keys[place(key)] == 0 && !isRoom()) {
            return;
        }
        int place = place(key);
        size += keys[place] == 0 ? 1 : 0;
        keys[place] = key;
        surprises[place] += (float) (error * error);
        weights[place] += (float) (RATE * error / Math.sqrt(1 + surprises[place]));
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
