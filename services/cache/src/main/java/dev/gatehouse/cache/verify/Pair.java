package dev.gatehouse.cache.verify;

/**
 * What is asked, and what an entry of the same hard key was asked: the users' last turns, as they reached the cache.
 *
 * @param cosine of their vectors
 */
public record Pair(String asked, String stored, double cosine) {

    /** Never shows the texts. */
    @Override
    public String toString() {
        return "Pair[" + cosine + "]";
    }
}
