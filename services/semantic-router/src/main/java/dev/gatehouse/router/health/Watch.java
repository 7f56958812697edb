package dev.gatehouse.router.health;

import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.ResponseHead;

/** Is told how one exchange with a candidate goes. Never blocks. For one thread at a time. */
public interface Watch {

    /** Tells nobody. */
    Watch NONE = new Watch() {};

    /** Whether the response is of interest at all. */
    default boolean wantsResponse() {
        return false;
    }

    /** @return whether the chunks of its body are of interest */
    default boolean head(ResponseHead head) {
        return false;
    }

    /** A piece of the answer's body has come. */
    default void chunk(byte[] bytes) {}

    /** The exchange is over; also where there was no answer. */
    default void close(Ending ending) {}
}
