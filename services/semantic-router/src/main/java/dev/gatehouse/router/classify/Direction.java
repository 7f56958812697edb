package dev.gatehouse.router.classify;

import dev.gatehouse.exchange.Int8Vector;

/**
 * A vector as it is compared with many others. In ints: the compiler takes several of their products at once, those of bytes one by one.
 *
 * @param values the int8 values
 * @param length of the values, without the vector's scale
 */
record Direction(int[] values, double length) {

    static Direction of(Int8Vector vector) {
        byte[] bytes = vector.bytes();
        int[] values = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            values[i] = bytes[i];
        }
        return new Direction(values, Math.sqrt(dot(values, values)));
    }

    /**
     * As {@link Int8Vector#cosine}.
     *
     * @throws IllegalArgumentException if they differ in dimensions
     */
    double cosine(Direction other) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException("vectors of " + values.length + " and " + other.values.length + " dimensions");
        }
        return dot(values, other.values) / (length * other.length);
    }

    private static int dot(int[] a, int[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
