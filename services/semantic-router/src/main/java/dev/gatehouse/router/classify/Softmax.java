package dev.gatehouse.router.classify;

import dev.gatehouse.router.matrix.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Multinomial logistic regression with a little L2, by stochastic gradient descent with momentum from the classes' mean directions. The
 * same examples in the same order give the same weights. The last dimension of its vectors is the intercept's.
 */
final class Softmax {

    /** What an intercept's input is beside vectors of length 1. */
    static final float INTERCEPT = 0.3f;

    private static final int BATCH = 32;
    private static final float START = 20;
    private static final float RATE = 30;
    private static final float MOMENTUM = 0.9f;
    private static final float SHRINK = 1e-5f;
    /** Examples looked at in all, as long as each is looked at between so and so often. */
    private static final int LOOKS = 40_000;
    private static final int LEAST_EPOCHS = 8;
    private static final int MOST_EPOCHS = 30;

    private final Columns weights;

    private Softmax(Columns weights) {
        this.weights = weights;
    }

    /** Trains on vectors with their classes, 0 to {@code classes - 1}. */
    static Softmax train(List<float[]> vectors, int[] labels, int classes) {
        Columns weights = means(vectors, labels, classes);
        Columns pace = Columns.empty(weights.dimensions(), classes);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            order.add(i);
        }
        int epochs = Math.clamp(LOOKS / Math.max(1, vectors.size()), LEAST_EPOCHS, MOST_EPOCHS);
        Random random = new Random(1);
        long steps = (long) epochs * Math.ceilDiv(vectors.size(), BATCH);
        long step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            Collections.shuffle(order, random);
            for (int from = 0; from < order.size(); from += BATCH) {
                float rate = (float) (RATE * 0.5 * (1 + Math.cos(Math.PI * step++ / steps)));
                step(vectors, labels, order.subList(from, Math.min(from + BATCH, order.size())), weights, pace, rate);
            }
        }
        return new Softmax(weights);
    }

    private static Columns means(List<float[]> vectors, int[] labels, int classes) {
        int dimensions = vectors.getFirst().length;
        float[][] sums = new float[classes][dimensions];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (int d = 0; d < dimensions; d++) {
                sums[labels[i]][d] += vectors.get(i)[d];
            }
        }
        Columns means = Columns.empty(dimensions, classes);
        for (int c = 0; c < classes; c++) {
            for (int d = 0; d < dimensions; d++) {
                sums[c][d] *= START / Math.max(1, counts[c]);
            }
            means.setColumn(c, sums[c]);
        }
        return means;
    }

    private static void step(List<float[]> vectors, int[] labels, List<Integer> batch, Columns weights, Columns pace, float rate) {
        float[] errors = new float[weights.columns()];
        float[] speed = pace.values();
        for (int i = 0; i < speed.length; i++) {
            speed[i] = MOMENTUM * speed[i] + (1 - MOMENTUM) * SHRINK * weights.values()[i];
        }
        for (int example : batch) {
            probabilities(weights, vectors.get(example), errors);
            errors[labels[example]] -= 1;
            for (int c = 0; c < errors.length; c++) {
                errors[c] *= (1 - MOMENTUM) / batch.size();
            }
            pace.addOuter(vectors.get(example), errors);
        }
        for (int i = 0; i < speed.length; i++) {
            weights.values()[i] -= rate * speed[i];
        }
    }

    /** The probability of each class. */
    float[] probabilities(float[] vector) {
        float[] out = new float[weights.columns()];
        probabilities(weights, vector, out);
        return out;
    }

    private static void probabilities(Columns weights, float[] vector, float[] out) {
        weights.times(vector, out);
        float most = Float.NEGATIVE_INFINITY;
        for (float logit : out) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        for (int c = 0; c < out.length; c++) {
            out[c] = (float) Math.exp(out[c] - most);
            sum += out[c];
        }
        for (int c = 0; c < out.length; c++) {
            out[c] /= (float) sum;
        }
    }

    /** A vector of length 1 with the intercept's input behind it. */
    static float[] input(float[] vector) {
        double length = 0;
        for (float component : vector) {
            length += component * component;
        }
        float[] input = Arrays.copyOf(vector, vector.length + 1);
        for (int d = 0; d < vector.length; d++) {
            input[d] /= (float) Math.sqrt(length);
        }
        input[vector.length] = INTERCEPT;
        return input;
    }
}
