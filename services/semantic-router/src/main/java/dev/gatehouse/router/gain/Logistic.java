package dev.gatehouse.router.gain;

import dev.gatehouse.router.gain.Features.Input;
import java.util.List;

/**
 * Logistic regression of two classes with L2, by Nesterov's accelerated gradient descent over all rows: no chance in it. The step is what the
 * longest row allows.
 */
final class Logistic {

    private static final int STEPS = 200;
    /** Of the loss against the penalty; strong, since one request says little. */
    private static final double LOSS = 0.3;

    private Logistic() {}

    /** The weights. */
    static float[] fit(List<Input> rows, boolean[] right, int size) {
        double penalty = 1 / (LOSS * rows.size());
        double step = 1 / (0.25 * rows.stream().mapToDouble(Logistic::squares).max().orElse(1) + penalty);
        double root = Math.sqrt(penalty * step);
        double momentum = (1 - root) / (1 + root);
        float[] weights = new float[size];
        float[] ahead = new float[size];
        for (int i = 0; i < STEPS; i++) {
            float[] slope = slope(rows, right, ahead);
            for (int place = 0; place < size; place++) {
                float next = (float) (ahead[place] - step * (slope[place] + penalty * ahead[place]));
                ahead[place] = (float) (next + momentum * (next - weights[place]));
                weights[place] = next;
            }
        }
        return weights;
    }

    private static double squares(Input row) {
        double squares = 0;
        for (float value : row.values()) {
            squares += value * value;
        }
        return squares;
    }

    private static float[] slope(List<Input> rows, boolean[] right, float[] weights) {
        float[] slope = new float[weights.length];
        for (int i = 0; i < right.length; i++) {
            double error = probability(rows.get(i), weights) - (right[i] ? 1 : 0);
            rows.get(i).addTo(slope, (float) (error / right.length));
        }
        return slope;
    }

    static double probability(Input row, float[] weights) {
        return 1 / (1 + Math.exp(-row.times(weights)));
    }
}
