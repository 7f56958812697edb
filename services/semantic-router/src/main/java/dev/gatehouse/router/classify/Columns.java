package dev.gatehouse.router.classify;

import java.util.Arrays;

/**
 * A matrix kept dimension by dimension, so that one vector times all of its columns is sums over neighbouring floats, which the JIT makes
 * vector instructions of. Sums of a row would have to keep their order and would not.
 *
 * @param values {@code values[d * columns + c]}
 */
record Columns(float[] values, int dimensions, int columns) {

    static Columns empty(int dimensions, int columns) {
        return new Columns(new float[dimensions * columns], dimensions, columns);
    }

    /** Sets {@code out[c]} to the product with column c. */
    void times(float[] vector, float[] out) {
        Arrays.fill(out, 0);
        for (int d = 0; d < dimensions; d++) {
            add(vector[d], d * columns, out);
        }
    }

    private void add(float factor, int from, float[] out) {
        for (int c = 0; c < columns; c++) {
            out[c] += factor * values[from + c];
        }
    }

    /** Adds {@code vector[d] * weights[c]} to every value. */
    void addOuter(float[] vector, float[] weights) {
        for (int d = 0; d < dimensions; d++) {
            float factor = vector[d];
            int from = d * columns;
            for (int c = 0; c < columns; c++) {
                values[from + c] += factor * weights[c];
            }
        }
    }

    void setColumn(int column, float[] vector) {
        for (int d = 0; d < dimensions; d++) {
            values[d * columns + column] = vector[d];
        }
    }
}
