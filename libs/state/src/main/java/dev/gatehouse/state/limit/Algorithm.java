package dev.gatehouse.state.limit;

import java.time.Duration;

/** How a bucket counts. */
public sealed interface Algorithm {

    /** The most that can be taken at once from a bucket that is full. A larger claim never fits. */
    long capacity();

    /**
     * Refills all the time. The long-run rate is never exceeded; what was settled above its estimate is a debt that has to be refilled
     * first. A refund never lifts the bucket above its burst.
     *
     * @param amount what refills in a window
     * @param window 1 ms to 366 days. Time is counted in ms, above 18 hours in a 67-millionth of the window
     * @param burst  what it holds, usually the amount
     */
    record TokenBucket(long amount, Duration window, long burst) implements Algorithm {
        public TokenBucket {
            Bounds.amount("amount", amount);
            Bounds.amount("burst", burst);
            Bounds.window(window);
        }

        @Override
        public long capacity() {
            return burst;
        }
    }

    /**
     * What was taken in the current window, and of the one before the share that a window ending now still overlaps, as if it had been
     * taken evenly. Windows are aligned to the epoch.
     *
     * @param window 1 ms to 366 days
     */
    record SlidingWindow(long amount, Duration window) implements Algorithm {
        public SlidingWindow {
            Bounds.amount("amount", amount);
            Bounds.window(window);
        }

        @Override
        public long capacity() {
            return amount;
        }
    }

    /** What was taken in the current window; all is free again when it ends. */
    record FixedWindow(long amount, Window window) implements Algorithm {
        public FixedWindow {
            Bounds.amount("amount", amount);
        }

        /** In windows of a length of 1 ms to 366 days, aligned to the epoch. */
        public FixedWindow(long amount, Duration length) {
            this(amount, new Window.Every(length));
        }

        @Override
        public long capacity() {
            return amount;
        }
    }

    /** What is reserved and not yet settled: requests in flight. Settlements charge nothing, hits have no effect. */
    record InFlight(long max) implements Algorithm {
        public InFlight {
            Bounds.amount("max", max);
        }

        @Override
        public long capacity() {
            return max;
        }
    }
}
