package dev.gatehouse.router.gain;

import dev.gatehouse.router.gain.Words.Sparse;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Kernel ridge regression over rows that are alike by their words (cosine) and, counting {@value #NEIGHBOURS} times, by their places
 * ({@link Neighbours}). Solved by conjugate gradients: no chance in it, the same on any number of cores.
 */
final class Ridge {

    static final float NEIGHBOURS = 2;
    /** Strong, since one request says little. */
    private static final double PENALTY = 10;
    private static final int MOST_STEPS = 200;
    private static final double EXACT = 1e-8;
    private static final int BLOCKS = 16;

    private final List<Sparse> words;
    /** How alike two rows' places are; symmetric. */
    private final float[][] alike;

    Ridge(List<Sparse> words, Neighbours neighbours, List<float[]> places) {
        this.words = words;
        this.alike = new float[words.size()][];
        IntStream.range(0, alike.length).parallel().forEach(i -> alike[i] = neighbours.of(places.get(i)));
    }

    /** What each row says, so that the sum over a text's like rows is its value. */
    float[] solve(float[] values) {
        int rows = values.length;
        float[] said = new float[rows];
        float[] rest = values.clone();
        float[] way = values.clone();
        double left = times(rest, rest);
        double enough = EXACT * left;
        for (int step = 0; step < MOST_STEPS && left > enough; step++) {
            float[] there = product(way);
            float far = (float) (left / times(way, there));
            for (int i = 0; i < rows; i++) {
                said[i] += far * way[i];
                rest[i] -= far * there[i];
            }
            double now = times(rest, rest);
            float turn = (float) (now / left);
            for (int i = 0; i < rows; i++) {
                way[i] = rest[i] + turn * way[i];
            }
            left = now;
        }
        return said;
    }

    private float[] product(float[] vector) {
        float[] byWord = wordWeights(words, vector);
        float[] out = new float[vector.length];
        IntStream.range(0, BLOCKS).parallel().forEach(block -> {
            int from = block * out.length / BLOCKS;
            int to = (block + 1) * out.length / BLOCKS;
            for (int i = 0; i < vector.length; i++) {
                add(NEIGHBOURS * vector[i], alike[i], from, to, out);
            }
            for (int i = from; i < to; i++) {
                out[i] += (float) (PENALTY * vector[i] + words.get(i).times(byWord));
            }
        });
        return out;
    }

    private static void add(float factor, float[] row, int from, int to, float[] out) {
        for (int i = from; i < to; i++) {
            out[i] += factor * row[i];
        }
    }

    /** The same for all rows at once: what each word says. */
    static float[] wordWeights(List<Sparse> words, float[] said) {
        float[] weights = new float[Words.BUCKETS];
        for (int i = 0; i < said.length; i++) {
            words.get(i).addTo(weights, said[i]);
        }
        return weights;
    }

    private static double times(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
