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
