package dev.gatehouse.cache.flight;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.Values;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets one of equal questions ask the model while the others wait. Between replicas a lease in the store says that one asks; it ends with
 * the flight, or by itself when its holder has died. Where the store does not answer, each replica has a flight of its own. Thread-safe.
 */
public final class SingleFlight {

    private static final long FIRST_LOOK_MILLIS = 10;
    private static final long LAST_LOOK_MILLIS = 100;
    private static final byte[] TAKEN = {1};

    private record Flight(CountDownLatch landed, long deadline) {

        static Flight of(Duration most) {
            return new Flight(new CountDownLatch(1), System.nanoTime() + most.toNanos());
        }

        long left() {
            return deadline - System.nanoTime();
        }

        boolean await() throws InterruptedException {
            return landed.await(Math.max(0, left()), TimeUnit.NANOSECONDS);
        }
    }

    private final Map<Key, Flight> flights = new ConcurrentHashMap<>();
    private final Optional<Values> shared;
    private final Keys keys;

    /**
     * @param shared where replicas agree; empty where there is one
     * @param keys   name the leases
     */
    public SingleFlight(Optional<Values> shared, Keys keys) {
        this.shared = shared;
        this.keys = keys;
    }

    /**
     * Takes a seat: at once as the pilot, or after another's flight as a passenger.
     *
     * @param entry the exact key of the question
     * @param most  the longest that a flight is waited for, from its begin; at least 1 ms
     * @throws InterruptedException if the waiting exchange is over
     */
    public Seat join(Key entry, Duration most) throws InterruptedException {
        Flight mine = Flight.of(most);
        Flight current = flights.compute(entry, (key, running) -> running == null || running.left() <= 0 ? mine : running);
        if (current != mine) {
            return new Seat.Passenger(current.await());
        }
        Key lease = keys.key(entry.tag(), "cache", "flight", entry.text());
        if (leases(lease, most)) {
            return new Seat.Pilot(() -> land(entry, mine, lease));
        }
        Thread.ofVirtual().name("flight elsewhere").start(() -> watch(entry, mine, lease));
        return new Seat.Passenger(mine.await());
    }

    private boolean leases(Key lease, Duration most) {
        try {
            return shared.isEmpty() || shared.get().putIfAbsent(lease, TAKEN, most);
        } catch (StateUnavailable alone) {
            return true;
        }
    }

    private void land(Key entry, Flight mine, Key lease) {
        end(entry, mine);
        try {
            if (shared.isPresent() && mine.left() > 0) {
                shared.get().delete(lease);
            }
        } catch (StateUnavailable expires) {
            // The lease ends by itself.
        }
    }

    private void end(Key entry, Flight flight) {
        flights.remove(entry, flight);
        flight.landed.countDown();
    }

    /** Another replica asks: looks whether it still does. On a thread of its own, since each that waits may go away. */
    private void watch(Key entry, Flight flight, Key lease) {
        try {
            long pause = FIRST_LOOK_MILLIS;
            while (flight.left() > 0 && shared.orElseThrow().get(lease).isPresent()) {
                Thread.sleep(pause);
                pause = Math.min(LAST_LOOK_MILLIS, pause * 2);
            }
        } catch (StateUnavailable | InterruptedException nobodyKnows) {
            // Those that wait go on to the model.
        } finally {
            end(entry, flight);
        }
    }
}
