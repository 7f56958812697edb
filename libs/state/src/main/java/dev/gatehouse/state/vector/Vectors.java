package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.List;

/**
 * Sets of entries, each a vector and a value with a time to live, that are asked for those nearest to a vector. A set is as strict a
 * border as there is: what may not be found together lies in two sets, never behind a filter of one. All vectors of a set have the same
 * dimensions; an encoder of its own has a set of its own.
 *
 * <p>What is kept may be lost at any time. An entry whose value has expired is never found, and is removed when it is met. A set holds
 * at most as many entries as the store was told; when it is full, that one of sixteen entries taken at random goes which would expire
 * first. A set in which nothing is put any more goes with its last value.
 *
 * <p>Every method throws {@link dev.gatehouse.state.StateUnavailable} when the store does not answer in time.
 */
public interface Vectors {

    /** The most neighbours that can be asked for. */
    int MOST = 100;

    /**
     * Adds an entry, or replaces it.
     *
     * @param set        of the same tag and feature as the entry
     * @param entry      of this set alone: two sets never share an entry's key
     * @param timeToLive at least 1 ms
     * @throws IllegalArgumentException if the vector has other dimensions than the set's, or a key or the time is not as said
     */
    void put(Key set, Key entry, Int8Vector vector, byte[] value, Duration timeToLive);

    /**
     * The nearest entries, nearest first. From a large set one that is as near may be missed.
     *
     * @param most 1 to {@link #MOST}
     * @throws IllegalArgumentException if the vector has other dimensions than the set's
     */
    List<Neighbour> nearest(Key set, Int8Vector vector, int most);

    /** @return whether the entry was there */
    boolean remove(Key set, Key entry);

    /** How many entries there are; those that have expired and were not met yet are counted. */
    long size(Key set);

    /** Removes all entries, some at a time. @return how many */
    long clear(Key set);
}
