package dev.gatehouse.state.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import dev.gatehouse.state.limit.Settlement.Outcome;
import dev.gatehouse.state.limit.Window.Calendar;
import dev.gatehouse.state.limit.Window.Calendar.Unit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of limits does alike. Its clock stands still unless a test lets time pass. */
interface LimitsContract {

    Keys KEYS = new Keys(KeyedHash.of("a secret of the tests only".getBytes(StandardCharsets.UTF_8)));
    Duration MINUTE = Duration.ofMinutes(1);
    Duration HOUR = Duration.ofHours(1);
    /** A Tuesday, at the start of an hour. */
    Instant BEGIN = Instant.parse("2027-03-09T10:00:00Z");

    Limits limits();

    void clock(Instant now);

    Instant clock();

    default void pass(Duration time) {
        clock(clock().plus(time));
    }

    static List<Algorithm> hundredAMinute() {
        return List.of(new TokenBucket(100, MINUTE, 100), new SlidingWindow(100, MINUTE), new FixedWindow(100, MINUTE));
    }

    static List<Algorithm> ofEveryKind() {
        List<Algorithm> all = new ArrayList<>(hundredAMinute());
        all.add(new InFlight(100));
        return all;
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void claimsFitUpToTheLimit(Algorithm algorithm) {
        Bucket bucket = new Bucket(fresh(), algorithm);
        assertThat(reserve(bucket, 60).levels()).singleElement()
                .satisfies(level -> assertThat(List.of(level.limit(), level.used(), level.reserved(), level.remaining())).containsExactly(100L, 0L, 60L, 40L));
        Decision refused = reserve(bucket, 41);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.levels().getFirst().remaining()).isEqualTo(40);
        assertThat(reserve(bucket, 40).admitted()).isTrue();
        assertThat(reserve(bucket, 0).admitted()).isTrue();
        assertThat(reserve(bucket, 1).admitted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void aClaimAboveTheLimitNeverFits(Algorithm algorithm) {
        Bucket bucket = new Bucket(fresh(), algorithm);
        Decision refused = reserve(bucket, 101);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.fitsInMillis()).isEqualTo(Level.NEVER);
        assertThat(refused.levels().getFirst().neverFits()).isTrue();
        assertThat(peek(bucket).remaining()).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void eightClaimsOfWhichTheLastDoesNotFitTakeNothing(Algorithm algorithm) {
        List<Claim> claims = IntStream.range(0, 8).mapToObj(i -> new Claim(new Bucket(fresh(), algorithm), 30, 30)).toList();
        reserve(claims.getLast().bucket(), 71);
        Decision refused = limits().reserve(ReservationId.random(), claims, MINUTE);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.levels().subList(0, 7)).allMatch(Level::fits);
        assertThat(refused.levels().getLast().fits()).isFalse();
        assertThat(limits().peek(claims.stream().map(Claim::bucket).toList())).extracting(Level::remaining)
                .containsExactly(100L, 100L, 100L, 100L, 100L, 100L, 100L, 29L);
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void aSettlementGivesBackWhatWasNotUsedAndChargesWhatWasUsedBeyond(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 50, 10);
        ReservationId first = reserved(claim);
        ReservationId second = reserved(claim);
        Settlement less = settle(first, claim, 5);
        assertThat(less.outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(List.of(less.level().used(), less.level().reserved())).containsExactly(5L, 50L);
        Level more = settle(second, claim, 120).level();
        assertThat(List.of(more.used(), more.reserved(), more.remaining())).containsExactly(125L, 0L, -25L);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void settlingTwiceChargesOnce(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 50, 10);
        ReservationId id = reserved(claim);
        Level once = settle(id, claim, 20).level();
        Settlement twice = settle(id, claim, 20);
        assertThat(twice.outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(twice.level()).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void whatWasNeverReservedCannotBeSettled(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 50, 10);
        assertThat(settle(ReservationId.random(), claim, 20).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(claim.bucket()).remaining()).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void anUnsettledReservationReturnsAllButItsFloor(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 70, 10);
        limits().reserve(ReservationId.random(), List.of(claim), Duration.ofMillis(200));
        pass(Duration.ofMillis(199));
        assertThat(peek(claim.bucket()).reserved()).isBetween(69L, 70L);
        pass(Duration.ofMillis(1));
        Level level = peek(claim.bucket());
        assertThat(level.reserved()).isZero();
        assertThat(level.used()).isBetween(9L, 10L);
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void aSettlementAfterTheExpiryStillChargesAndOnlyOnce(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 70, 10);
        ReservationId id = ReservationId.random();
        limits().reserve(id, List.of(claim), Duration.ofMillis(10));
        pass(Duration.ofMillis(10));
        Settlement late = settle(id, claim, 45);
        assertThat(late.outcome()).isEqualTo(Outcome.LATE);
        assertThat(List.of(late.level().used(), late.level().reserved())).containsExactly(45L, 0L);
        assertThat(settle(id, claim, 45).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(claim.bucket()).used()).isEqualTo(45);
    }

    @Test
    default void aThousandAbandonedReservationsLeaveNothingReserved() {
        Bucket bucket = new Bucket(fresh(), new FixedWindow(100_000, HOUR));
        IntStream.range(0, 1000).forEach(i ->
                limits().reserve(ReservationId.random(), List.of(new Claim(bucket, 50, 3)), Duration.ofMillis(1 + i)));
        assertThat(peek(bucket).reserved()).isEqualTo(50_000);
        pass(Duration.ofMillis(500));
        assertThat(peek(bucket)).satisfies(level -> assertThat(List.of(level.used(), level.reserved())).containsExactly(1500L, 25_000L));
        pass(Duration.ofMillis(500));
        assertThat(peek(bucket)).satisfies(level -> assertThat(List.of(level.used(), level.reserved())).containsExactly(3000L, 0L));
    }

    @Test
    default void inFlightCountsReservationsOnly() {
        Bucket bucket = new Bucket(fresh(), new InFlight(2));
        Claim claim = new Claim(bucket, 1, 1);
        ReservationId first = reserved(claim);
        ReservationId abandoned = ReservationId.random();
        limits().reserve(abandoned, List.of(claim), Duration.ofSeconds(5));
        Decision refused = limits().reserve(ReservationId.random(), List.of(claim), MINUTE);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.fitsInMillis()).isEqualTo(Level.UNKNOWN);
        assertThat(settle(first, claim, 500).level().remaining()).isEqualTo(1);
        pass(Duration.ofSeconds(5));
        assertThat(peek(bucket).remaining()).isEqualTo(2);
        assertThat(settle(abandoned, claim, 500).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(bucket).remaining()).isEqualTo(2);
    }

    @Test
    default void aTokenBucketRefillsAllTheTimeAndTellsExactlyWhenAClaimFits() {
        Bucket bucket = new Bucket(fresh(), new TokenBucket(600, MINUTE, 100));
        reserve(bucket, 100);
        Decision refused = reserve(bucket, 7);
        assertThat(refused.fitsInMillis()).isEqualTo(700);
        assertThat(refused.levels().getFirst().fullInMillis()).isEqualTo(10_000);
        pass(Duration.ofMillis(699));
        assertThat(reserve(bucket, 7).admitted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(reserve(bucket, 7).admitted()).isTrue();
    }

    @Test
    default void aTokenBucketNeitherGainsNorLosesByManySmallSteps() {
        Bucket bucket = new Bucket(fresh(), new TokenBucket(7, Duration.ofMillis(997), 1000));
        reserve(bucket, 1000);
        for (int i = 0; i < 997; i++) {
            pass(Duration.ofMillis(3));
            peek(bucket);
            limits().add(List.of(new Hit(bucket, 0)));
        }
        assertThat(peek(bucket).remaining()).isEqualTo(21);
    }

    @Test
    default void aDebtIsRefilledFirst() {
        Claim claim = new Claim(new Bucket(fresh(), new TokenBucket(60, MINUTE, 60)), 1, 1);
        settle(reserved(claim), claim, 90);
        assertThat(peek(claim.bucket()).remaining()).isEqualTo(-30);
        assertThat(limits().reserve(ReservationId.random(), List.of(claim), MINUTE).fitsInMillis()).isEqualTo(31_000);
        pass(Duration.ofSeconds(31));
        assertThat(limits().reserve(ReservationId.random(), List.of(claim), MINUTE).admitted()).isTrue();
    }

    @Test
    default void aFixedWindowIsFreeAgainWhenItEnds() {
        Bucket bucket = new Bucket(fresh(), new FixedWindow(100, MINUTE));
        pass(Duration.ofSeconds(40));
        reserve(bucket, 100);
        Decision refused = reserve(bucket, 1);
        assertThat(refused.fitsInMillis()).isEqualTo(20_000);
        assertThat(refused.levels().getFirst().fullInMillis()).isEqualTo(20_000);
        pass(Duration.ofMillis(19_999));
        assertThat(reserve(bucket, 1).admitted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(reserve(bucket, 100).admitted()).isTrue();
    }

    @Test
    default void whatWasReservedInAFixedWindowThatIsOverNeitherChargesNorRefunds() {
        Claim claim = new Claim(new Bucket(fresh(), new FixedWindow(100, MINUTE)), 50, 10);
        ReservationId id = ReservationId.random();
        limits().reserve(id, List.of(claim), HOUR);
        pass(MINUTE);
        reserve(claim.bucket(), 30);
        assertThat(settle(id, claim, 80).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(claim.bucket()).remaining()).isEqualTo(70);
    }

    @Test
    default void aSlidingWindowStillWeighsTheOneBefore() {
        Bucket bucket = new Bucket(fresh(), new SlidingWindow(100, MINUTE));
        settle(reserved(new Claim(bucket, 80, 0)), new Claim(bucket, 80, 0), 80);
        pass(Duration.ofSeconds(75));
        assertThat(peek(bucket).used()).isEqualTo(60);
        Decision refused = reserve(bucket, 60);
        assertThat(refused.fitsInMillis()).isBetween(14_000L, 15_000L);
        pass(Duration.ofMillis(refused.fitsInMillis() - 1));
        assertThat(reserve(bucket, 60).admitted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(reserve(bucket, 60).admitted()).isTrue();
        pass(Duration.ofMinutes(3));
        assertThat(peek(bucket).remaining()).isEqualTo(100);
    }

    @Test
    default void aSlidingWindowTellsWhenAClaimFitsInTheNextWindow() {
        Bucket bucket = new Bucket(fresh(), new SlidingWindow(100, MINUTE));
        pass(Duration.ofSeconds(30));
        reserve(bucket, 100);
        Decision refused = reserve(bucket, 50);
        pass(Duration.ofMillis(refused.fitsInMillis() - 1));
        assertThat(reserve(bucket, 50).admitted()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(reserve(bucket, 50).admitted()).isTrue();
    }

    @Test
    default void aSettlementChargesTheWindowInWhichTheReservationWasMade() {
        Claim claim = new Claim(new Bucket(fresh(), new SlidingWindow(100, MINUTE)), 80, 0);
        ReservationId id = ReservationId.random();
        limits().reserve(id, List.of(claim), HOUR);
        pass(Duration.ofSeconds(90));
        assertThat(peek(claim.bucket()).reserved()).isEqualTo(40);
        Settlement settled = settle(id, claim, 20);
        assertThat(settled.outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(List.of(settled.level().used(), settled.level().reserved())).containsExactly(10L, 0L);
    }

    @Test
    default void aMonthEndsWhereTheCalendarSaysAlsoWhenClocksChange() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Bucket bucket = new Bucket(fresh(), new FixedWindow(100, new Calendar(Unit.MONTH, berlin)));
        clock(Instant.parse("2027-03-01T00:00:00Z"));
        add(bucket, 100);
        assertThat(reserve(bucket, 1).fitsInMillis()).as("31 days, less the hour that summer time takes and the one that had passed")
                .isEqualTo(Duration.ofHours(31 * 24 - 2).toMillis());
        clock(Instant.parse("2027-03-31T21:59:59.999Z"));
        assertThat(reserve(bucket, 1).admitted()).isFalse();
        clock(Instant.parse("2027-03-31T22:00:00Z"));
        assertThat(reserve(bucket, 100).admitted()).isTrue();
        clock(Instant.parse("2027-04-30T22:00:00Z"));
        assertThat(reserve(bucket, 1).levels().getFirst().fullInMillis()).isEqualTo(Duration.ofDays(31).toMillis());
    }

    @Test
    default void aClockThatIsSetBackALittleOpensNoSpentWindow() {
        Bucket fixed = new Bucket(fresh(), new FixedWindow(100, MINUTE));
        Bucket sliding = new Bucket(fresh(), new SlidingWindow(100, MINUTE));
        Bucket tokens = new Bucket(fresh(), new TokenBucket(100, MINUTE, 100));
        List.of(fixed, sliding, tokens).forEach(bucket -> reserve(bucket, 100));
        pass(Duration.ofSeconds(-5));
        assertThat(limits().peek(List.of(fixed, sliding, tokens))).extracting(Level::remaining).containsExactly(0L, 0L, 0L);
        pass(Duration.ofSeconds(6));
        assertThat(peek(tokens).remaining()).isBetween(1L, 10L);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void aLimitThatIsLoweredBelowWhatIsUsedAndRaisedAgainHoldsFromTheNextCallOn(Algorithm algorithm) {
        Key key = fresh();
        Bucket wide = new Bucket(key, algorithm);
        Bucket narrow = new Bucket(key, withAmount(algorithm, 40));
        reserve(wide, 60);
        assertThat(peek(narrow)).satisfies(level -> assertThat(List.of(level.limit(), level.remaining())).containsExactly(40L, -20L));
        assertThat(reserve(narrow, 1).admitted()).isFalse();
        assertThat(reserve(wide, 40).admitted()).isTrue();
        assertThat(reserve(wide, 1).admitted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void hitsCountAlsoWhenOverTheLimitAndNegativeOnesStopAtNothing(Algorithm algorithm) {
        Bucket bucket = new Bucket(fresh(), algorithm);
        assertThat(add(bucket, 90)).satisfies(level -> assertThat(List.of(level.used(), level.reserved())).containsExactly(90L, 0L));
        assertThat(add(bucket, 90).remaining()).isEqualTo(-80);
        assertThat(add(bucket, -100).used()).isEqualTo(80);
        assertThat(add(bucket, 0).used()).isEqualTo(80);
        assertThat(add(bucket, -500).used()).isZero();
        assertThat(add(bucket, 7).used()).isEqualTo(7);
    }

    @Test
    default void hitsAndReservationsShareABucket() {
        Claim claim = new Claim(new Bucket(fresh(), new FixedWindow(100, HOUR)), 40, 0);
        ReservationId id = reserved(claim);
        assertThat(add(claim.bucket(), 50)).satisfies(level -> assertThat(List.of(level.used(), level.reserved())).containsExactly(50L, 40L));
        assertThat(settle(id, claim, 10).level().used()).isEqualTo(60);
    }

    @Test
    default void hitsOnSeveralBucketsAreToldInTheirOrder() {
        List<Hit> hits = IntStream.range(1, 9).mapToObj(i -> new Hit(new Bucket(fresh(), new FixedWindow(100, HOUR)), i)).toList();
        assertThat(limits().add(hits)).extracting(Level::used).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(limits().add(List.of(hits.getFirst(), hits.getFirst()))).extracting(Level::used).containsExactly(2L, 3L);
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void whatWasDecidedWithoutTheStoreIsChargedOnce(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 50, 10);
        ReservationId id = ReservationId.random();
        Settlement settled = settleUnknown(id, claim, 30, Duration.ZERO);
        assertThat(settled.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(settled.level().used()).isEqualTo(30);
        assertThat(settleUnknown(id, claim, 30, Duration.ZERO).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(settle(id, claim, 30).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(claim.bucket()).used()).isEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void aReservationThatTheStoreStillHasIsSettledAsEver(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 50, 10);
        Settlement settled = settleUnknown(reserved(claim), claim, 30, Duration.ZERO);
        assertThat(settled.outcome()).isEqualTo(Outcome.SETTLED);
        assertThat(settled.level().used()).isEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("hundredAMinute")
    default void whatIsSettledAsUnknownAndThenOnceMoreIsChargedOnceAlsoIfItWasHeld(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 50, 10);
        ReservationId id = reserved(claim);
        settleUnknown(id, claim, 30, Duration.ZERO);
        assertThat(settleUnknown(id, claim, 30, Duration.ZERO).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(claim.bucket())).satisfies(level -> assertThat(List.of(level.used(), level.reserved())).containsExactly(30L, 0L));
    }

    @Test
    default void whatWasDecidedWithoutTheStoreInAWindowThatIsOverIsNotCharged() {
        Claim fixed = new Claim(new Bucket(fresh(), new FixedWindow(100, MINUTE)), 50, 10);
        Claim sliding = new Claim(new Bucket(fresh(), new SlidingWindow(100, MINUTE)), 50, 10);
        pass(Duration.ofSeconds(30));
        assertThat(settleUnknown(ReservationId.random(), fixed, 30, Duration.ofSeconds(31)).outcome()).isEqualTo(Outcome.NOTHING);
        Settlement before = settleUnknown(ReservationId.random(), sliding, 30, Duration.ofSeconds(31));
        assertThat(before.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(before.level().used()).isEqualTo(15);
        assertThat(settleUnknown(ReservationId.random(), sliding, 30, Duration.ofSeconds(91)).outcome()).isEqualTo(Outcome.NOTHING);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void aResetBucketIsFullAgain(Algorithm algorithm) {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 100, 10);
        ReservationId id = reserved(claim);
        limits().reset(claim.bucket());
        assertThat(peek(claim.bucket()).remaining()).isEqualTo(100);
        assertThat(settle(id, claim, 70).outcome()).isEqualTo(Outcome.NOTHING);
        assertThat(peek(claim.bucket()).remaining()).isEqualTo(100);
    }

    @ParameterizedTest
    @MethodSource("ofEveryKind")
    default void aThousandAtOnceAreAdmittedExactlyUpToTheLimit(Algorithm algorithm) throws Exception {
        Claim claim = new Claim(new Bucket(fresh(), algorithm), 1, 1);
        List<Decision> decisions = atOnce(1000, () -> limits().reserve(ReservationId.random(), List.of(claim), MINUTE));
        assertThat(decisions).filteredOn(Decision::admitted).hasSize(100);
        assertThat(peek(claim.bucket()).reserved()).isEqualTo(100);
    }

    @Test
    default void claimsOnManyBucketsAtOnceNeitherDeadlockNorExceedOne() throws Exception {
        List<Bucket> buckets = IntStream.range(0, 8).mapToObj(i -> new Bucket(fresh(), new FixedWindow(100 + i, HOUR))).toList();
        List<Bucket> reversed = buckets.reversed();
        List<Decision> decisions = atOnce(400, () -> {
            boolean forwards = Thread.currentThread().threadId() % 2 == 0;
            return limits().reserve(ReservationId.random(), (forwards ? buckets : reversed).stream().map(bucket -> new Claim(bucket, 1, 1)).toList(), MINUTE);
        });
        assertThat(decisions).filteredOn(Decision::admitted).hasSize(100);
        assertThat(limits().peek(buckets)).extracting(Level::reserved).containsOnly(100L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    default void whateverHappensInWhateverOrderTheBucketsCountAsTheirDefinitionsRead(long seed) {
        RandomOperations.run(this, seed, 600);
    }

    @Test
    default void theLargestAmountsAreExact() {
        long most = Limits.MAX_AMOUNT;
        for (Algorithm algorithm : List.of(new TokenBucket(most, Duration.ofDays(31), most), new SlidingWindow(most, Duration.ofDays(31)),
                new FixedWindow(most, Duration.ofDays(31)))) {
            Claim claim = new Claim(new Bucket(fresh(), algorithm), most - 1, 0);
            ReservationId id = reserved(claim);
            assertThat(peek(claim.bucket()).remaining()).isEqualTo(1);
            assertThat(reserve(claim.bucket(), 2).admitted()).isFalse();
            assertThat(settle(id, claim, most).level().remaining()).isZero();
        }
    }

    @Test
    default void whatCannotBeIsRefused() {
        Bucket bucket = new Bucket(fresh(), new FixedWindow(100, MINUTE));
        assertThatThrownBy(() -> new Claim(bucket, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Claim(bucket, -1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hit(bucket, Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(1, Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReservationId("a|b")).isInstanceOf(IllegalArgumentException.class);
        Claim claim = new Claim(bucket, 1, 0);
        assertThatThrownBy(() -> limits().reserve(ReservationId.random(), List.of(claim, claim), MINUTE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits().reserve(ReservationId.random(), List.of(claim), Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    default Decision reserve(Bucket bucket, long amount) {
        return limits().reserve(ReservationId.random(), List.of(new Claim(bucket, amount, 0)), HOUR);
    }

    default ReservationId reserved(Claim claim) {
        ReservationId id = ReservationId.random();
        assertThat(limits().reserve(id, List.of(claim), HOUR).admitted()).isTrue();
        return id;
    }

    default Settlement settle(ReservationId id, Claim claim, long actual) {
        return limits().settle(id, List.of(new Charge(claim, actual))).getFirst();
    }

    default Settlement settleUnknown(ReservationId id, Claim claim, long actual, Duration age) {
        return limits().settleUnknown(id, List.of(new Charge(claim, actual)), age).getFirst();
    }

    default Level peek(Bucket bucket) {
        return limits().peek(List.of(bucket)).getFirst();
    }

    default Level add(Bucket bucket, long amount) {
        return limits().add(List.of(new Hit(bucket, amount))).getFirst();
    }

    static Algorithm withAmount(Algorithm algorithm, long amount) {
        return switch (algorithm) {
            case TokenBucket bucket -> new TokenBucket(amount, bucket.window(), amount);
            case SlidingWindow sliding -> new SlidingWindow(amount, sliding.window());
            case FixedWindow fixed -> new FixedWindow(amount, fixed.window());
            case InFlight _ -> new InFlight(amount);
        };
    }

    static Key fresh() {
        return KEYS.key("policy", "limit", UUID.randomUUID().toString());
    }

    static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = executor.invokeAll(IntStream.range(0, callers).mapToObj(i -> call).toList());
            return futures.stream().map(Future::resultNow).toList();
        }
    }
}
