package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;

/**
 * A request of the past, and which of two models answered it rightly.
 *
 * @param vector of the text
 */
public record Labelled(String text, Int8Vector vector, boolean weakRight, boolean strongRight) {

    /** What the strong model wins: 1, 0 or -1. */
    int gain() {
        return (strongRight ? 1 : 0) - (weakRight ? 1 : 0);
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "Labelled[weak " + weakRight + ", strong " + strongRight + "]";
    }
}
