package dev.gatehouse.state.limit;

import java.util.List;

/**
 * What became of a reservation.
 *
 * @param admitted whether all claims were reserved; else nothing was
 * @param levels   one for each claim, in their order: after the reservation, or as they were where it was refused
 */
public record Decision(boolean admitted, List<Level> levels) {

    /**
     * When all claims would fit if nobody took anything, in ms: 0 if admitted, {@link Level#NEVER} if one never fits,
     * {@link Level#UNKNOWN} if only requests in flight are in the way.
     */
    public long fitsInMillis() {
        long longest = levels.stream().mapToLong(Level::fitsInMillis).max().orElse(0);
        boolean unknown = levels.stream().anyMatch(level -> level.fitsInMillis() == Level.UNKNOWN);
        return longest == 0 && unknown ? Level.UNKNOWN : longest;
    }
}
