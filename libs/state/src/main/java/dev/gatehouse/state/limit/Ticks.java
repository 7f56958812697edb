package dev.gatehouse.state.limit;

/**
 * The grain in which a window's time is counted: a window has at most 2^26 ticks, so that all products stay below 2^53 and shares of
 * an amount are exact whole numbers in Lua as in Java.
 *
 * @param millis of one tick; 1 for windows up to 18 hours
 * @param window ticks of a window
 */
record Ticks(long millis, long window) {

    private static final long MOST = 1L << 26;

    static Ticks of(long windowMillis) {
        long millis = Math.ceilDiv(windowMillis, MOST);
        return new Ticks(millis, windowMillis / millis);
    }

    /** How much of an amount falls on a part of the window, rounded down. */
    long share(long amount, long ticks) {
        return amount / window * ticks + amount % window * ticks / window;
    }

    /** The least number of ticks on which a part of an amount falls, of which {@code carry / window} has fallen already. */
    long until(long part, long amount, long carry) {
        double ticks = Math.ceil(((double) part * window - carry) / amount);
        return (long) Math.max(0, ticks);
    }
}
