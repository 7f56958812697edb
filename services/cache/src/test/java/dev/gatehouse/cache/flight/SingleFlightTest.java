package dev.gatehouse.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.flight.Seat.Passenger;
import dev.gatehouse.cache.flight.Seat.Pilot;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.Values;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private static final Keys KEYS = new Keys(KeyedHash.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    private static final Key ENTRY = KEYS.key("uid", "cache", "entry");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final Values store = new MemoryValues(1 << 20);
    private final SingleFlight here = replica(store);
    private final SingleFlight there = replica(store);

    private static SingleFlight replica(Values store) {
        return new SingleFlight(Optional.of(store), KEYS);
    }

    /** Takes a seat; a pilot looks whether another is in the air, and lands. */
    private static Seat fly(SingleFlight replica, AtomicInteger inTheAir) throws InterruptedException {
        Seat seat = replica.join(ENTRY, LONG);
        if (seat instanceof Pilot pilot) {
            assertThat(inTheAir.incrementAndGet()).isOne();
            inTheAir.decrementAndGet();
            pilot.land();
        }
        return seat;
    }

    @Test
    void ofManyInSeveralReplicasOneFliesAndTheOthersWait() throws Exception {
        List<Future<Seat>> joining = new ArrayList<>();
        AtomicInteger inTheAir = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Pilot pilot = (Pilot) here.join(ENTRY, LONG);
            for (int i = 0; i < 50; i++) {
                SingleFlight replica = i % 2 == 0 ? here : there;
                joining.add(threads.submit(() -> fly(replica, inTheAir)));
            }
            pilot.land();
        }
        for (Future<Seat> seat : joining) {
            assertThat(seat.get()).matches(taken -> taken instanceof Pilot || taken.equals(new Passenger(true)));
        }
    }

    @Test
    void anotherQuestionHasItsOwnFlight() throws Exception {
        assertThat(here.join(ENTRY, LONG)).isInstanceOf(Pilot.class);
        assertThat(here.join(KEYS.key("uid", "cache", "other"), LONG)).isInstanceOf(Pilot.class);
        assertThat(there.join(KEYS.key("uid.tenant", "cache", "entry"), LONG)).isInstanceOf(Pilot.class);
    }

    @Test
    void afterTheLandingTheNextFlies() throws Exception {
        ((Pilot) here.join(ENTRY, LONG)).land();
        assertThat(there.join(ENTRY, LONG)).isInstanceOf(Pilot.class);
    }

    @Test
    void aFlightThatTakesTooLongIsLeftAndOvertaken() throws Exception {
        Pilot slow = (Pilot) here.join(ENTRY, SHORT);
        assertThat(here.join(ENTRY, LONG)).isEqualTo(new Passenger(false));
        assertThat(here.join(ENTRY, LONG)).isInstanceOf(Pilot.class);
        slow.land();
        assertThat(there.join(ENTRY, SHORT)).isInstanceOf(Passenger.class);
    }

    @Test
    void whatADeadReplicaHeldEndsByItself() throws Exception {
        here.join(ENTRY, SHORT);
        assertThat(there.join(ENTRY, LONG)).isInstanceOf(Passenger.class);
        assertThat(there.join(ENTRY, LONG)).isInstanceOf(Pilot.class);
    }

    @Test
    void withoutTheStoreEachReplicaHasAFlightOfItsOwn() throws Exception {
        Values gone = (Values) Proxy.newProxyInstance(Values.class.getClassLoader(), new Class<?>[] {Values.class}, (proxy, method, arguments) -> {
            throw new StateUnavailable("gone");
        });
        Pilot pilot = (Pilot) replica(gone).join(ENTRY, LONG);
        pilot.land();
        assertThat(replica(gone).join(ENTRY, LONG)).isInstanceOf(Pilot.class);
    }
}
