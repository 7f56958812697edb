package dev.gatehouse.router.classify;

import dev.gatehouse.exchange.Int8Vector;

/** Classifies texts into the routes that it was made for. Immutable and thread-safe; never blocks. */
public interface Head {

    /** @param vector of the text */
    Classification classify(Int8Vector vector, String text);

    /** What making it told of the examples. */
    Report report();
}
