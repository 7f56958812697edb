package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What owners keep: entries that are found by their key, or by nearness within a set. An owner has entries in many sets and is held to a
 * cap of entries and bytes over all of them. What is kept may be lost at any time.
 *
 * <p>When an owner is full, entries go that were never of use before those that were, and the oldest first: a flood of entries that
 * nobody asks for again takes a fifth of the place at most from those that are asked for ({@link #used}).
 *
 * <p>All keys of a call are of one tag and feature. Every method throws {@link dev.gatehouse.state.StateUnavailable} when the store does
 * not answer in time.
 */
public interface Stock {

    /** What an entry is counted with beside its value and its vector: keys and places in three indexes. */
    int OVERHEAD_BYTES = 1024;

    /**
     * An entry.
     *
     * @param owner      whose it is, and whose cap it counts in
     * @param set        in which it is found by nearness; its key says all that two entries of it have in common
     * @param entry      of this set alone: two sets never share an entry's key
     * @param label      by which {@link #removeAll} finds it: up to 64 letters and digits, never a client's text
     * @param vector     without one it is found by its key only
     * @param value      any bytes
     * @param timeToLive at least 1 ms
     */
    record Item(Key owner, Key set, Key entry, String label, Optional<Int8Vector> vector, byte[] value, Duration timeToLive) {

        private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]{0,64}");

        public Item {
            Asked.related(owner, entry);
            Asked.related(set, entry);
            Asked.related(owner, set);
            Asked.millis(timeToLive);
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("a label is up to 64 letters and digits");
            }
        }

        /** What it counts. */
        long bytes() {
            return OVERHEAD_BYTES + value.length + vector.map(Int8Vector::dimensions).orElse(0);
        }

        /** Never shows value or vector. */
        @Override
        public String toString() {
            return "Item[" + entry + "]";
        }
    }

    /**
     * The most that an owner keeps.
     *
     * @param entries at least 1
     * @param bytes   at least 1: values, vectors (a byte for each dimension) and {@link #OVERHEAD_BYTES} an entry
     */
    record Caps(long entries, long bytes) {
        public Caps {
            if (entries < 1 || bytes < 1) {
                throw new IllegalArgumentException("caps must be at least 1, are " + entries + " entries and " + bytes + " bytes");
            }
        }
    }

    /** What an owner keeps; entries that have expired and were not met yet are counted. */
    record Kept(long entries, long bytes) {
        static final Kept NOTHING = new Kept(0, 0);
    }

    /**
     * Adds an entry, or replaces it; others of its owner go where the caps ask for it.
     *
     * @return false if it is larger than all that its owner may keep, and was not added
     * @throws IllegalArgumentException if the vector has other dimensions than the set's
     */
    boolean put(Item item, Caps caps);

    /** The value of an entry; the array is the caller's own. */
    Optional<byte[]> get(Key owner, Key entry);

    /**
     * The nearest entries of a set, nearest first. From a large set one that is as near may be missed.
     *
     * @param most 1 to {@link Vectors#MOST}
     * @throws IllegalArgumentException if the vector has other dimensions than the set's
     */
    List<Neighbour> nearest(Key owner, Key set, Int8Vector vector, int most);

    /** Says that an entry was of use: it goes after those that were not. One that is gone is left so. */
    void used(Key owner, Key entry);

    /** @return whether the entry was there */
    boolean remove(Key owner, Key entry);

    /** Removes the entries of an owner, some at a time: all, or those with a label. @return how many */
    long removeAll(Key owner, Optional<String> label);

    Kept kept(Key owner);
}
