package dev.gatehouse.state;

import java.time.Duration;
import java.util.Optional;

/**
 * Byte values with a time to live (at least 1 ms). What is kept may be lost at any time, by eviction or a restart.
 *
 * <p>Every method throws {@link StateUnavailable} when the store does not answer in time.
 */
public interface Values {

    /** The value; the array is the caller's own. */
    Optional<byte[]> get(Key key);

    /** Sets the value, replacing any other. */
    void put(Key key, byte[] value, Duration timeToLive);

    /** Sets the value unless there is one. @return whether it was set */
    boolean putIfAbsent(Key key, byte[] value, Duration timeToLive);

    /** @return whether there was one */
    boolean delete(Key key);
}
