package dev.gatehouse.router.classify;

import dev.gatehouse.exchange.Int8Vector;

/**
 * An utterance of a route.
 *
 * @param negative whether it looks as if it belonged there, and does not
 */
public record Example(String route, String text, boolean negative, Int8Vector vector) {

    /** Never shows the text. */
    @Override
    public String toString() {
        return "Example[" + route + "]";
    }
}
