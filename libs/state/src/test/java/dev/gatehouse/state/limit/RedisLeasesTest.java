package dev.gatehouse.state.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.state.Await;
import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three replicas that lease from one Redis. */
@Timeout(60)
class RedisLeasesTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration TERM = Duration.ofMillis(200);
    private static final LeaseOptions OPTIONS = new LeaseOptions(0.05, 3, TERM, 5);

    private static RedisServer server;
    private static Vertx vertx;
    private static List<RedisState> states;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        states = Stream.generate(() -> new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 2))).limit(3).toList();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            states.forEach(RedisState::close);
            vertx.close();
            server.close();
        }
    }

    @Test
    void aHotBucketIsDecidedHereNeverBeyondItsLimitAndNobodyIsRefusedWhileATwentiethIsFree() throws Exception {
        Bucket bucket = bucket(new FixedWindow(30_000, YEAR));
        List<Counting> stores = states.stream().map(RedisLimits::new).map(Counting::new).toList();
        List<LeasedLimits> replicas = stores.stream().map(store -> new LeasedLimits(store, OPTIONS)).toList();
        AtomicLong leastWhenRefused = new AtomicLong();
        AtomicLong admitted = new AtomicLong();
        onAll(replicas, replica -> {
            for (int i = 0; i < 2_000; i++) {
                if (reserve(replica, bucket, 1).admitted()) {
                    admitted.incrementAndGet();
                } else {
                    leastWhenRefused.compareAndSet(0, admitted.get());
                }
            }
        });
        assertThat(leastWhenRefused.get()).as("admitted when the first was refused").isGreaterThanOrEqualTo(28_500);
        Await.until(() -> replicas.stream().noneMatch(replica -> reserve(replica, bucket, 1).admitted() && admitted.incrementAndGet() > 0));
        assertThat(admitted.get()).isLessThanOrEqualTo(30_000);
        assertThat(stores.stream().mapToLong(store -> store.calls.get()).sum()).as("calls of Redis for 60,000 decisions").isLessThan(40_000);
        replicas.forEach(LeasedLimits::close);
        Await.until(() -> peek(bucket).remaining() == 30_000 - admitted.get());
    }

    @Test
    void whatIsSettledThroughLeasesIsChargedExactly() throws Exception {
        Bucket bucket = bucket(new FixedWindow(10_000_000, YEAR));
        List<LeasedLimits> replicas = states.stream().map(state -> new LeasedLimits(new RedisLimits(state), OPTIONS)).toList();
        AtomicLong charged = new AtomicLong();
        onAll(replicas, replica -> {
            for (int i = 0; i < 300; i++) {
                Claim claim = new Claim(bucket, 20, 5);
                ReservationId id = ReservationId.random();
                assertThat(replica.reserve(id, List.of(claim), YEAR).admitted()).isTrue();
                long actual = i % 41;
                assertThat(replica.settle(id, List.of(new Charge(claim, actual))).getFirst().outcome()).isEqualTo(Settlement.Outcome.SETTLED);
                assertThat(replica.settle(id, List.of(new Charge(claim, actual))).getFirst().outcome()).isEqualTo(Settlement.Outcome.NOTHING);
                charged.addAndGet(actual);
            }
        });
        replicas.forEach(LeasedLimits::close);
        Await.until(() -> peek(bucket).reserved() == 0);
        assertThat(peek(bucket).used()).isEqualTo(charged.get());
    }

    @Test
    void hitsAreTakenFromLeasesAndCountedExactly() throws Exception {
        Bucket bucket = bucket(new FixedWindow(1_000_000, YEAR));
        List<Counting> stores = states.stream().map(RedisLimits::new).map(Counting::new).toList();
        List<LeasedLimits> replicas = stores.stream().map(store -> new LeasedLimits(store, OPTIONS)).toList();
        onAll(replicas, replica -> {
            AsyncLimits async = replica.async(AsyncLimits.atOnce(stores.get(replicas.indexOf(replica))));
            for (int i = 0; i < 1_000; i++) {
                Level level = (i % 2 == 0 ? replica.add(List.of(new Hit(bucket, 2))) : async.add(List.of(new Hit(bucket, 2))).toCompletableFuture().join()).getFirst();
                assertThat(level.limit()).isEqualTo(1_000_000);
                // What all have used, and what all hold, which while a lease is renewed is twice as much.
                assertThat(level.remaining()).isBetween(1_000_000L - 60_000 - 2 * 50_000, 999_998L);
            }
        });
        replicas.forEach(LeasedLimits::close);
        Await.until(() -> peek(bucket).used() == 60_000 && peek(bucket).reserved() == 0);
        assertThat(stores.stream().mapToLong(store -> store.calls.get()).sum()).as("calls of Redis for 30,000 hits").isLessThan(10_000);
    }

    @Test
    void aTokenBucketIsExceededByNoMoreThanWhatIsHeld() throws Exception {
        Bucket bucket = bucket(new TokenBucket(1, YEAR, 30_000));
        List<LeasedLimits> replicas = states.stream().map(state -> new LeasedLimits(new RedisLimits(state), OPTIONS)).toList();
        AtomicLong admitted = new AtomicLong();
        onAll(replicas, replica -> admitted.addAndGet(IntStream.range(0, 2_000).filter(i -> reserve(replica, bucket, 1).admitted()).count()));
        assertThat(admitted.get()).isBetween(28_500L, 31_500L);
        replicas.forEach(LeasedLimits::close);
    }

    @Test
    void anIdleReplicaGivesItsLeaseBackAndSoDoesOneThatEnds() {
        Bucket bucket = bucket(new FixedWindow(30_000, YEAR));
        try (LeasedLimits idle = new LeasedLimits(new RedisLimits(states.getFirst()), OPTIONS)) {
            lease(idle, bucket);
            Await.until(() -> peek(bucket).reserved() == 0);
        }
        LeasedLimits ending = new LeasedLimits(new RedisLimits(states.getFirst()), new LeaseOptions(0.05, 3, Duration.ofSeconds(30), 5));
        lease(ending, bucket);
        ending.close();
        assertThat(peek(bucket).reserved()).isZero();
    }

    @Test
    void anAbandonedReservationOfALeaseReturnsAllButItsFloor() {
        Bucket bucket = bucket(new FixedWindow(30_000, YEAR));
        try (LeasedLimits replica = new LeasedLimits(new RedisLimits(states.getFirst()), OPTIONS)) {
            lease(replica, bucket);
            Await.until(() -> peek(bucket).reserved() == 0);
            long before = peek(bucket).used();
            lease(replica, bucket);
            replica.reserve(ReservationId.random(), List.of(new Claim(bucket, 20, 3)), Duration.ofMillis(50));
            Await.until(() -> peek(bucket).reserved() == 0 && (peek(bucket).used() - before) % 2 == 1);
        }
    }

    @Test
    void aLimitThatWasLoweredAndRequestsInFlightAreTheStoresToDecide() {
        Bucket bucket = bucket(new FixedWindow(30_000, YEAR));
        try (LeasedLimits replica = new LeasedLimits(new RedisLimits(states.getFirst()), OPTIONS)) {
            lease(replica, bucket);
            assertThat(reserve(replica, new Bucket(bucket.key(), new FixedWindow(1, YEAR)), 1).admitted()).isFalse();
            Bucket flight = bucket(new InFlight(10));
            assertThat(IntStream.range(0, 20).filter(i -> reserve(replica, flight, 1).admitted()).count()).isEqualTo(10);
        }
    }

    /** Asks with hits of 2 until a lease is held. */
    private static void lease(LeasedLimits replica, Bucket bucket) {
        Await.until(() -> {
            replica.add(List.of(new Hit(bucket, 2)));
            return peek(bucket).reserved() > 0;
        });
    }

    private static Decision reserve(Limits limits, Bucket bucket, long amount) {
        return limits.reserve(ReservationId.random(), List.of(new Claim(bucket, amount, amount)), YEAR);
    }

    private static Level peek(Bucket bucket) {
        return new RedisLimits(states.getFirst()).peek(List.of(bucket)).getFirst();
    }

    private static Bucket bucket(Algorithm algorithm) {
        return new Bucket(LimitsContract.fresh(), algorithm);
    }

    private interface Work {
        void on(LeasedLimits replica) throws Exception;
    }

    /** Ten callers on each replica, all at once. */
    private static void onAll(List<LeasedLimits> replicas, Work work) throws Exception {
        try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Callable<Void>> callers = IntStream.range(0, 30).<Callable<Void>>mapToObj(i -> () -> {
                work.on(replicas.get(i % replicas.size()));
                return null;
            }).toList();
            for (Future<Void> caller : executor.invokeAll(callers)) {
                caller.get();
            }
        }
    }

    /** Counts how often the store behind it is asked. */
    private static final class Counting implements Limits {

        private final Limits store;
        private final AtomicLong calls = new AtomicLong();

        Counting(Limits store) {
            this.store = store;
        }

        private Limits asked() {
            calls.incrementAndGet();
            return store;
        }

        @Override
        public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
            return asked().reserve(id, claims, expiry);
        }

        @Override
        public List<Settlement> settle(ReservationId id, List<Charge> charges) {
            return asked().settle(id, charges);
        }

        @Override
        public List<Settlement> settleUnknown(ReservationId id, List<Charge> charges, Duration age) {
            return asked().settleUnknown(id, charges, age);
        }

        @Override
        public List<Level> peek(List<Bucket> buckets) {
            return asked().peek(buckets);
        }

        @Override
        public List<Level> add(List<Hit> hits) {
            return asked().add(hits);
        }

        @Override
        public void reset(Bucket bucket) {
            asked().reset(bucket);
        }
    }
}
