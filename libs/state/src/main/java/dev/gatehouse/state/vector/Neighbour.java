package dev.gatehouse.state.vector;

import dev.gatehouse.state.Key;

/**
 * An entry that was found.
 *
 * @param cosine of the angle between its vector and the one asked for, -1 to 1, whatever scale the server has
 * @param value  the array is the caller's own
 */
public record Neighbour(Key entry, double cosine, byte[] value) {

    /** Never shows the value. */
    @Override
    public String toString() {
        return "Neighbour[" + entry + ", " + cosine + "]";
    }
}
