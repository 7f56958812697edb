package dev.gatehouse.state.limit;

import java.time.Instant;
import java.time.InstantSource;

class MemoryLimitsTest implements LimitsContract {

    private Instant now = BEGIN;
    private final Limits limits = new MemoryLimits(10_000, new InstantSource() {
        @Override
        public Instant instant() {
            return now;
        }
    });

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public void clock(Instant instant) {
        now = instant;
    }

    @Override
    public Instant clock() {
        return now;
    }
}
