package dev.gatehouse.router.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What models that had not seen an example make of it: each of two is trained on one half of every class's examples, and asked for the other. */
final class HeldOut {

    private static final int HALVES = 2;

    private final float[][] probabilities;

    /** @param always what both are taught besides */
    HeldOut(List<float[]> inputs, int[] labels, int classes, Taught always) {
        int[] half = halves(labels, classes);
        probabilities = new float[labels.length][];
        IntStream.range(0, HALVES).parallel().forEach(left -> ask(inputs, half, left, trained(inputs, labels, classes, half, left, always)));
    }

    private void ask(List<float[]> inputs, int[] half, int left, Softmax other) {
        for (int i = 0; i < half.length; i++) {
            if (half[i] == left) {
                probabilities[i] = other.probabilities(inputs.get(i));
            }
        }
    }

    /** Turn about within each class. */
    private static int[] halves(int[] labels, int classes) {
        int[] seen = new int[classes];
        int[] halves = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            halves[i] = seen[labels[i]]++ % HALVES;
        }
        return halves;
    }

    /** A class with one example is in both. */
    private static Softmax trained(List<float[]> inputs, int[] labels, int classes, int[] half, int left, Taught always) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        List<float[]> own = new ArrayList<>();
        List<Integer> ownLabels = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (half[i] != left || counts[labels[i]] == 1) {
                own.add(inputs.get(i));
                ownLabels.add(labels[i]);
            }
        }
        return new Taught(own, ownLabels.stream().mapToInt(Integer::intValue).toArray()).and(always).train(classes);
    }

    /** The class that the example was taken for. */
    int best(int example) {
        int best = 0;
        for (int c = 1; c < probabilities[example].length; c++) {
            best = probabilities[example][c] > probabilities[example][best] ? c : best;
        }
        return best;
    }

    float[] probabilities(int example) {
        return probabilities[example];
    }
}
