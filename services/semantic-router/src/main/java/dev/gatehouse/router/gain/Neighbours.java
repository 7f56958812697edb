package dev.gatehouse.router.gain;

import dev.gatehouse.router.matrix.Columns;

/**
 * The rows of the fitting, as neighbours of a text: each counts {@code exp((cosine - 1) / 0.2)}, so that one at a cosine of 0.9 counts 0.6 and one
 * that has nothing to do with it 0.007.
 *
 * @param places of the rows, of length 1, one a column
 */
record Neighbours(Columns places) {

    private static final double WIDTH = 0.2;
    private static final int STEPS = 4_096;
    private static final float[] COUNTS = counts();

    private static float[] counts() {
        float[] counts = new float[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            counts[i] = (float) Math.exp((2.0 * i / STEPS - 2) / WIDTH);
        }
        return counts;
    }

    /** A place as a model's file keeps it, so that a model that was read says what the fitted one says. */
    static float[] kept(float[] place) {
        byte[] bytes = bytes(place);
        float[] kept = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            kept[i] = bytes[i];
        }
        Lengths.toOne(kept);
        return kept;
    }

    /** A byte for each number, the largest at 127. */
    static byte[] bytes(float[] place) {
        float largest = Float.MIN_NORMAL;
        for (float value : place) {
            largest = Math.max(largest, Math.abs(value));
        }
        byte[] bytes = new byte[place.length];
        for (int i = 0; i < place.length; i++) {
            bytes[i] = (byte) Math.round(place[i] / largest * Byte.MAX_VALUE);
        }
        return bytes;
    }

    /** How much each row counts. */
    float[] of(float[] place) {
        float[] counts = new float[places.columns()];
        places.times(place, counts);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = COUNTS[Math.clamp((int) ((counts[i] + 1) * (STEPS / 2) + 0.5f), 0, STEPS)];
        }
        return counts;
    }
}
