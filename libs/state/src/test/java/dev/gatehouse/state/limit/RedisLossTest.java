package dev.gatehouse.state.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.state.Await;
import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import dev.gatehouse.state.limit.Settlement.Outcome;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to limits when Redis goes and comes back. */
@Timeout(60)
class RedisLossTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration DEADLINE = Duration.ofMillis(200);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final String[] KEEPS_ALL = {"--appendonly", "yes", "--appendfsync", "always"};
    private static final int REPLICAS = 2;
    private static final LossTolerantLimits.LossListener UNHEARD = new LossTolerantLimits.LossListener() {
        @Override
        public void lost(String reason) {}

        @Override
        public void found() {}
    };

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void afterTheFirstCallNobodyWaitsForARedisThatIsGone() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            Limits limits = tolerant.limits(OnLoss.LOCAL);
            Bucket bucket = bucket(new FixedWindow(1000, YEAR));
            limits.add(List.of(new Hit(bucket, 1)));
            server.command("CLIENT", "PAUSE", "3000", "ALL");
            assertThat(time(() -> reserve(limits, bucket, 1))).isLessThan(DEADLINE.plusMillis(150));
            assertThat(time(() -> IntStream.range(0, 100).forEach(i -> reserve(limits, bucket, 1)))).isLessThan(DEADLINE);
            assertThat(tolerant.isLost()).isTrue();
            Await.until(() -> !tolerant.isLost());
        }
    }

    @Test
    void aReplicaAloneEnforcesItsShare() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            Limits limits = tolerant.limits(OnLoss.LOCAL);
            server.kill();
            Bucket bucket = bucket(new FixedWindow(100, YEAR));
            long admitted = IntStream.range(0, 200).filter(i -> reserve(limits, bucket, 1).admitted()).count();
            assertThat(admitted).isEqualTo(50);
            Decision aboveTheShare = reserve(limits, bucket(new FixedWindow(100, YEAR)), 60);
            assertThat(aboveTheShare.admitted()).isFalse();
            assertThat(aboveTheShare.levels().getFirst().neverFits()).as("it may fit when Redis is back").isFalse();
        }
    }

    @Test
    void callersThatWantItOpenOrClosedGetItSo() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            server.kill();
            Bucket bucket = bucket(new FixedWindow(10, YEAR));
            assertThat(reserve(tolerant.limits(OnLoss.OPEN), bucket, 10).admitted()).isTrue();
            assertThat(reserve(tolerant.limits(OnLoss.OPEN), bucket, 10).admitted()).isTrue();
            assertThat(tolerant.limits(OnLoss.OPEN).add(List.of(new Hit(bucket, 5))).getFirst().remaining()).isEqualTo(10);
            assertThatThrownBy(() -> reserve(tolerant.limits(OnLoss.CLOSED), bucket, 1)).isInstanceOf(StateUnavailable.class);
            assertThat(tolerant.limits(OnLoss.CLOSED).settle(ReservationId.random(), List.of(new Charge(new Claim(bucket, 1, 1), 1)))).hasSize(1);
        }
    }

    @Test
    void whatWasSettledAndSpentWithoutRedisIsChargedOnceWhenItIsBack() throws Exception {
        try (RedisServer server = RedisServer.start(KEEPS_ALL); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            Limits limits = tolerant.limits(OnLoss.LOCAL);
            Claim claim = new Claim(bucket(new FixedWindow(1000, YEAR)), 100, 10);
            ReservationId settledMeanwhile = reserved(limits, claim);
            ReservationId settledAfterwards = reserved(limits, claim);
            server.kill();
            settle(limits, settledMeanwhile, claim, 30);
            settle(limits, reserved(limits, claim), claim, 40);
            ReservationId decidedAlone = reserved(limits, claim);
            limits.add(List.of(new Hit(claim.bucket(), 5)));
            server.run();
            Await.until(() -> !tolerant.isLost() && tolerant.waiting() == 0);
            assertLevel(limits, claim.bucket(), 30 + 40 + 5, 100);
            assertThat(settle(limits, settledAfterwards, claim, 50).outcome()).isEqualTo(Outcome.SETTLED);
            assertThat(settle(limits, decidedAlone, claim, 60).outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(settle(limits, decidedAlone, claim, 60).outcome()).isEqualTo(Outcome.NOTHING);
            assertLevel(limits, claim.bucket(), 30 + 40 + 5 + 50 + 60, 0);
            assertThat(tolerant.dropped()).isZero();
        }
    }

    @Test
    void aReservationThatRedisLostIsChargedInFull() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            Limits limits = tolerant.limits(OnLoss.LOCAL);
            Claim claim = new Claim(bucket(new FixedWindow(1000, YEAR)), 100, 10);
            ReservationId meanwhile = reserved(limits, claim);
            ReservationId afterwards = reserved(limits, claim);
            server.kill();
            peek(limits, claim.bucket());
            settle(limits, meanwhile, claim, 30);
            server.run();
            Await.until(() -> !tolerant.isLost() && tolerant.waiting() == 0);
            settle(limits, afterwards, claim, 50);
            assertLevel(limits, claim.bucket(), 80, 0);
        }
    }

    @Test
    void aTokenBucketIsNotChargedWhatWasRefilledMeanwhile() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            Limits limits = tolerant.limits(OnLoss.LOCAL);
            Bucket bucket = bucket(new TokenBucket(1_000, Duration.ofMillis(100), 1_000));
            server.kill();
            for (int i = 0; i < 10; i++) {
                limits.add(List.of(new Hit(bucket, 400)));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            server.run();
            Await.until(() -> !tolerant.isLost() && tolerant.waiting() == 0);
            assertThat(peek(limits, bucket).remaining()).as("not 4,000 in debt").isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void requestsInFlightAreSetFreeWhereverTheyWereCounted() throws Exception {
        try (RedisServer server = RedisServer.start(KEEPS_ALL); RedisState state = state(server); LossTolerantLimits tolerant = tolerant(state)) {
            Limits limits = tolerant.limits(OnLoss.LOCAL);
            Claim claim = new Claim(bucket(new InFlight(4)), 1, 0);
            ReservationId before = reserved(limits, claim);
            server.kill();
            ReservationId meanwhile = reserved(limits, claim);
            ReservationId another = reserved(limits, claim);
            assertThat(limits.reserve(ReservationId.random(), List.of(claim), YEAR).admitted()).isFalse();
            settle(limits, meanwhile, claim, 0);
            settle(limits, before, claim, 0);
            server.run();
            Await.until(() -> !tolerant.isLost() && tolerant.waiting() == 0);
            assertThat(peek(limits, claim.bucket()).remaining()).isEqualTo(4);
            settle(limits, another, claim, 0);
            assertThat(peek(limits, claim.bucket()).remaining()).isEqualTo(4);
        }
    }

    @Test
    void theTotalIsRightAfterRedisWasKilledUnderLoadAndNobodyWaitedLongerThanTheDeadline() throws Exception {
        Bucket bucket = bucket(new FixedWindow(1L << 40, YEAR));
        AtomicLong charged = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        try (RedisServer server = RedisServer.start(KEEPS_ALL); RedisState one = state(server); RedisState two = state(server);
                LossTolerantLimits first = tolerant(one); LossTolerantLimits second = tolerant(two)) {
            List<Thread> load = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Limits limits = (i % 2 == 0 ? first : second).limits(OnLoss.LOCAL);
                load.add(Thread.ofPlatform().daemon().start(() -> exchanges(limits, bucket, stop, charged, longest)));
            }
            Await.until(() -> charged.get() > 5_000);
            server.kill();
            long atLoss = charged.get();
            Await.until(() -> charged.get() > atLoss + 5_000);
            server.run();
            Await.until(() -> !first.isLost() && !second.isLost());
            long atReturn = charged.get();
            Await.until(() -> charged.get() > atReturn + 5_000);
            stop.set(true);
            for (Thread thread : load) {
                thread.join();
            }
            Await.until(() -> !first.isLost() && !second.isLost() && first.waiting() + second.waiting() == 0);
            assertLevel(first.limits(OnLoss.LOCAL), bucket, charged.get(), 0);
            assertThat(Duration.ofNanos(longest.get())).as("the deadline, and what a busy machine adds").isLessThan(DEADLINE.plusSeconds(1));
        }
    }

    private static void exchanges(Limits limits, Bucket bucket, AtomicBoolean stop, AtomicLong charged, AtomicLong longest) {
        Claim claim = new Claim(bucket, 20, 5);
        while (!stop.get()) {
            ReservationId id = ReservationId.random();
            long before = System.nanoTime();
            Decision decision = limits.reserve(id, List.of(claim), YEAR);
            long middle = System.nanoTime();
            longest.accumulateAndGet(middle - before, Math::max);
            if (decision.admitted()) {
                long actual = ThreadLocalRandom.current().nextLong(40);
                settle(limits, id, claim, actual);
                charged.addAndGet(actual);
                longest.accumulateAndGet(System.nanoTime() - middle, Math::max);
            }
        }
    }

    private static RedisState state(RedisServer server) {
        return new RedisState(VERTX, new RedisSettings(server.url(), DEADLINE, 2));
    }

    private static LossTolerantLimits tolerant(RedisState state) {
        Limits redis = new RedisLimits(state);
        Await.until(() -> answers(redis));
        return new LossTolerantLimits(redis, REPLICAS, 10_000, UNHEARD);
    }

    /** Connections and code are cold at first. */
    private static boolean answers(Limits limits) {
        try {
            reserved(limits, new Claim(bucket(new FixedWindow(10, YEAR)), 1, 1));
            return true;
        } catch (StateUnavailable e) {
            return false;
        }
    }

    private static Bucket bucket(Algorithm algorithm) {
        return new Bucket(LimitsContract.fresh(), algorithm);
    }

    private static Decision reserve(Limits limits, Bucket bucket, long amount) {
        return limits.reserve(ReservationId.random(), List.of(new Claim(bucket, amount, 0)), YEAR);
    }

    private static ReservationId reserved(Limits limits, Claim claim) {
        ReservationId id = ReservationId.random();
        assertThat(limits.reserve(id, List.of(claim), YEAR).admitted()).isTrue();
        return id;
    }

    private static Settlement settle(Limits limits, ReservationId id, Claim claim, long actual) {
        return limits.settle(id, List.of(new Charge(claim, actual))).getFirst();
    }

    private static Level peek(Limits limits, Bucket bucket) {
        return limits.peek(List.of(bucket)).getFirst();
    }

    private static void assertLevel(Limits limits, Bucket bucket, long used, long reserved) {
        Level level = peek(limits, bucket);
        assertThat(List.of(level.used(), level.reserved())).as("used and reserved").containsExactly(used, reserved);
    }

    private static Duration time(Runnable action) {
        long begin = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
