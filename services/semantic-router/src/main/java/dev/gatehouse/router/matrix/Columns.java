package dev.gatehouse.router.matrix;

import java.util.Arrays;

/**
 * A matrix kept dimension by dimension, so that one vector times all of its columns is sums over neighbouring floats, which the JIT makes
 * vector instructions of. Sums of a row would have to keep their order and would not.
 *
 * @param values {@code values[d * columns + c]}
 */
public record Columns(float[] values, int dimensions, int columns) {

    public static Columns empty(int dimensions, int columns) {
        return new Columns(new float[dimensions * columns], dimensions, columns);
    }

    /** Sets {@code out[c]} to the product with column c. */
    public void times(float[] vector, float[] out) {
        Arrays.fill(out, 0);
        int d = 0;
        for (; d + 4 <= dimensions; d += 4) {
            addFour(vector, d, out);
        }
        for (; d < dimensions; d++) {
            add(vector[d], d * columns, out);
        }
    }

    /** Four dimensions at once: the sums are read and written a quarter as often. */
    private void addFour(float[] vector, int d, float[] out) {
        float first = vector[d];
        float second = vector[d + 1];
        float third = vector[d + 2];
        float fourth = vector[d + 3];
        int from = d * columns;
        for (int c = 0; c < columns; c++) {
            out[c] += first * values[from + c] + second * values[from + columns + c]
                    + third * values[from + 2 * columns + c] + fourth * values[from + 3 * columns + c];
        }
    }

    private void add(float factor, int from, float[] out) {
        for (int c = 0; c < columns; c++) {
            out[c] += factor * values[from + c];
        }
    }

    /** Adds {@code vector[d] * weights[c]} to every value. */
    public void addOuter(float[] vector, float[] weights) {
        for (int d = 0; d < dimensions; d++) {
            float factor = vector[d];
            int from = d * columns;
            for (int c = 0; c < columns; c++) {
                values[from + c] += factor * weights[c];
            }
        }
    }

    public void setColumn(int column, float[] vector) {
        for (int d = 0; d < dimensions; d++) {
            values[d * columns + column] = vector[d];
        }
    }

    public float[] column(int column) {
        float[] vector = new float[dimensions];
        for (int d = 0; d < dimensions; d++) {
            vector[d] = values[d * columns + column];
        }
        return vector;
    }
}
