package dev.gatehouse.state.vector;

/** The Redis that is configured cannot keep vectors. Told at start; the message says what to do. */
public final class VectorsUnsupported extends RuntimeException {

    VectorsUnsupported(String message) {
        super(message);
    }
}
