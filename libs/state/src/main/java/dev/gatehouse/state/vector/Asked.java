package dev.gatehouse.state.vector;

import dev.gatehouse.state.Key;
import java.time.Duration;

/** What every store refuses, before it does anything. */
final class Asked {

    private Asked() {}

    static long millis(Duration timeToLive) {
        if (timeToLive.toMillis() < 1) {
            throw new IllegalArgumentException("time to live must be at least 1 ms, is " + timeToLive);
        }
        return timeToLive.toMillis();
    }

    static void most(int most) {
        if (most < 1 || most > Vectors.MOST) {
            throw new IllegalArgumentException("neighbours must be 1 to " + Vectors.MOST + ", are " + most);
        }
    }

    /** All of a key but its hash. */
    static String prefix(Key key) {
        return key.text().substring(0, key.text().lastIndexOf(':') + 1);
    }

    static void related(Key set, Key entry) {
        if (!prefix(set).equals(prefix(entry)) || set.equals(entry)) {
            throw new IllegalArgumentException("an entry's key must be of the tag and feature of its set, and not the set's own");
        }
    }

    static IllegalArgumentException otherDimensions(int dimensions) {
        return new IllegalArgumentException("the vectors of the set do not have " + dimensions + " dimensions");
    }
}
