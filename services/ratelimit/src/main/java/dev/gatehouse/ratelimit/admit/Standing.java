package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.state.limit.Level;

/** A budget and how full it is. */
public record Standing(Budget budget, Level level) {

    /** The share that is free, 0 to 1. */
    public double freeShare() {
        return level.limit() == 0 ? 0 : Math.clamp((double) level.remaining() / level.limit(), 0, 1);
    }
}
