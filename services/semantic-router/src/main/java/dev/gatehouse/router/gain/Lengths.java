package dev.gatehouse.router.gain;

/** Lengths of vectors. */
final class Lengths {

    private Lengths() {}

    /** Scales a vector to length 1; one of length 0 stays as it is. */
    static void toOne(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = length == 0 ? 0 : vector[i] / length;
        }
    }
}
