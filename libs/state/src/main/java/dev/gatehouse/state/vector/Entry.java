package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;

/** An entry in memory. Compared by identity: what was put again is another. */
final class Entry {

    private final Key key;
    private final Int8Vector vector;
    private final byte[] value;
    private final long end;
    private boolean live = true;

    /** @param end of its life, by {@link System#nanoTime} */
    Entry(Key key, Int8Vector vector, byte[] value, long end) {
        this.key = key;
        this.vector = vector;
        this.value = value.clone();
        this.end = end;
    }

    Key key() {
        return key;
    }

    Int8Vector vector() {
        return vector;
    }

    long end() {
        return end;
    }

    long nanosLeft() {
        return end - System.nanoTime();
    }

    /** Whether its set still holds it; read and written under the set's lock. */
    boolean isLive() {
        return live;
    }

    void forget() {
        live = false;
    }

    boolean hasExpired() {
        return nanosLeft() <= 0;
    }

    Neighbour at(double cosine) {
        return new Neighbour(key, cosine, value.clone());
    }
}
