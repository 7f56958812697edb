package dev.gatehouse.policy.limit;

/** How use is forgotten. */
public enum Algorithm {
    /** The quota flows back evenly over the window. */ TokenBucket,
    /** Use of the last window counts in proportion to how much of it lies within the last window's length. */ SlidingWindow,
    /** Use is forgotten at the end of each window; windows begin at whole multiples of their length since 1970, UTC. */ FixedWindow
}
