package dev.gatehouse.state.sum;

import java.util.List;

/**
 * What a replica has to tell.
 *
 * @param number of this telling, one higher than the last: one that is told twice counts once. At least 1
 * @param since  the turn up to which the replica knows; {@link #NOTHING} where it knows none
 * @param anew   whether these are all that is known: they count only where the store knows nothing
 * @param sums   to be added; may be empty
 */
public record Telling(long number, long since, boolean anew, List<Sum> sums) {

    /** Before all turns. */
    public static final long NOTHING = -1;

    public Telling {
        sums = List.copyOf(sums);
    }
}
