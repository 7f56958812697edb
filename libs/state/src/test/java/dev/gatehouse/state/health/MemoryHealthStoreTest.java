package dev.gatehouse.state.health;

import java.time.Instant;

class MemoryHealthStoreTest implements HealthContract {

    private Instant now = Instant.parse("2027-03-09T10:00:00Z");
    private final HealthStore store = new MemoryHealthStore(100, () -> now);

    @Override
    public HealthStore store() {
        return store;
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
