package dev.gatehouse.exchange;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * An embedding as services hand it over and compare it: one signed byte for each dimension, -127 to 127, times a scale. All that is
 * decided on embeddings is decided on this form, so that a vector that was handed over and one computed again decide alike. Immutable.
 */
public final class Int8Vector {

    /** The most dimensions that are taken; base64 of them is 5,464 characters. */
    public static final int MAX_DIMENSIONS = 4096;

    private static final int LARGEST = 127;

    private final byte[] values;
    private final float scale;
    private final double length;

    private Int8Vector(byte[] values, float scale) {
        this.values = values;
        this.scale = scale;
        this.length = Math.sqrt(dot(values, values));
    }

    /**
     * The nearest int8 vector: the largest component becomes 127 or -127.
     *
     * @throws IllegalArgumentException for a vector that has no direction: empty, all zero, with an infinite or undefined component, or
     *                                  of more than {@link #MAX_DIMENSIONS}
     */
    public static Int8Vector of(float[] vector) {
        float largest = 0;
        for (float component : vector) {
            largest = Float.isFinite(component) ? Math.max(largest, Math.abs(component)) : Float.NaN;
        }
        if (!(largest > 0) || vector.length > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("a vector of " + vector.length + " dimensions that has no direction, or has too many");
        }
        byte[] values = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            values[i] = (byte) Math.round(vector[i] / largest * LARGEST);
        }
        return new Int8Vector(values, largest / LARGEST);
    }

    /** What {@link #base64} and {@link #scale} gave; empty for what these cannot have given. */
    public static Optional<Int8Vector> parse(String base64, double scale) {
        if (base64.length() > (MAX_DIMENSIONS + 2) / 3 * 4 || !Float.isFinite((float) scale) || !((float) scale > 0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Int8Vector(Base64.getDecoder().decode(base64), (float) scale)).filter(vector -> vector.length > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The values, in standard base64 with padding: 512 characters for 384 dimensions. */
    public String base64() {
        return Base64.getEncoder().encodeToString(values);
    }

    /** What a value is multiplied with. */
    public float scale() {
        return scale;
    }

    public int dimensions() {
        return values.length;
    }

    /** The values; the array is the caller's own. */
    public byte[] bytes() {
        return values.clone();
    }

    /** Values times scale. */
    public float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i] * scale;
        }
        return floats;
    }

    /**
     * The cosine of the angle between two vectors, -1 to 1; scales do not matter.
     *
     * @throws IllegalArgumentException if they differ in dimensions
     */
    public double cosine(Int8Vector other) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException("vectors of " + values.length + " and " + other.values.length + " dimensions");
        }
        return dot(values, other.values) / (length * other.length);
    }

    private static int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Int8Vector that && scale == that.scale && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Float.hashCode(scale);
    }

    /** Never shows the values: a text can be guessed from them. */
    @Override
    public String toString() {
        return "Int8Vector[" + values.length + " dimensions]";
    }
}
