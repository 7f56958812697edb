package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.matrix.Columns;
import java.util.List;
import java.util.Random;

/**
 * Where a text lies among others: its embedding less the mean of all, along the {@value #AXES} directions in which embeddings differ most, of
 * length 1. Fewer numbers than the embedding, and without what all have in common.
 *
 * @param mean of embeddings of length 1
 * @param axes one a column
 */
record Meaning(float[] mean, Columns axes) {

    static final int AXES = 128;
    /** The subspace turns to the directions of most difference each time that the differences are applied to it. */
    private static final int TURNS = 40;

    static Meaning of(List<Int8Vector> vectors) {
        int dimensions = vectors.getFirst().dimensions();
        float[] mean = new float[dimensions];
        for (Int8Vector vector : vectors) {
            float[] unit = unit(vector);
            for (int d = 0; d < dimensions; d++) {
                mean[d] += unit[d] / vectors.size();
            }
        }
        Columns differences = Columns.empty(dimensions, dimensions);
        for (Int8Vector vector : vectors) {
            float[] centred = less(unit(vector), mean);
            differences.addOuter(centred, centred);
        }
        return new Meaning(mean, axes(differences, Math.min(AXES, dimensions)));
    }

    private static Columns axes(Columns differences, int count) {
        Random random = new Random(1);
        float[][] axes = new float[count][differences.dimensions()];
        for (float[] axis : axes) {
            for (int d = 0; d < axis.length; d++) {
                axis[d] = (float) random.nextGaussian();
            }
        }
        for (int turn = 0; turn < TURNS; turn++) {
            for (int a = 0; a < count; a++) {
                float[] turned = new float[axes[a].length];
                differences.times(axes[a], turned);
                axes[a] = turned;
            }
            makeSquare(axes);
        }
        Columns columns = Columns.empty(differences.dimensions(), count);
        for (int a = 0; a < count; a++) {
            columns.setColumn(a, axes[a]);
        }
        return columns;
    }

    /** Each of length 1 and square to those before it (Gram and Schmidt). */
    private static void makeSquare(float[][] axes) {
        for (int a = 0; a < axes.length; a++) {
            Lengths.toOne(axes[a]);
            for (int before = 0; before < a; before++) {
                take(axes[before], axes[a]);
            }
            Lengths.toOne(axes[a]);
        }
    }

    private static void take(float[] part, float[] from) {
        double along = 0;
        for (int d = 0; d < part.length; d++) {
            along += part[d] * from[d];
        }
        for (int d = 0; d < part.length; d++) {
            from[d] -= (float) along * part[d];
        }
    }

    /** @throws IllegalArgumentException for a vector of other dimensions than those it was made of */
    float[] in(Int8Vector vector) {
        if (vector.dimensions() != mean.length) {
            throw new IllegalArgumentException("a vector of " + vector.dimensions() + " dimensions, not " + mean.length);
        }
        float[] along = new float[axes.columns()];
        axes.times(less(unit(vector), mean), along);
        Lengths.toOne(along);
        return along;
    }

    private static float[] unit(Int8Vector vector) {
        float[] unit = vector.floats();
        Lengths.toOne(unit);
        return unit;
    }

    private static float[] less(float[] from, float[] mean) {
        for (int d = 0; d < mean.length; d++) {
            from[d] -= mean[d];
        }
        return from;
    }
}
