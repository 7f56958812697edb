package dev.gatehouse.state.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.health.Report.Trial;
import dev.gatehouse.state.health.Standing.Cause;
import dev.gatehouse.state.health.Standing.Circuit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of health does alike. Its clock stands still unless a test lets time pass. */
interface HealthContract {

    Keys KEYS = new Keys(KeyedHash.of("a secret of the tests only".getBytes(StandardCharsets.UTF_8)));
    CircuitRules RULES = new CircuitRules(3, 50, 10, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(1));
    String HERE = "one replica";
    String THERE = "another replica";

    HealthStore store();

    void clock(Instant now);

    Instant clock();

    default void pass(Duration time) {
        clock(clock().plus(time));
    }

    private static Key fresh() {
        return Subject.model("tests", UUID.randomUUID().toString()).key(KEYS);
    }

    private Standing tell(String replica, Key subject, int successes, int failures, int latest, Duration pause, Trial trial) {
        return store().exchange(replica, List.of(new Report(subject, RULES, successes, failures, latest, pause, trial))).getFirst();
    }

    private Standing failed(Key subject, int times) {
        return tell(HERE, subject, 0, times, times, Duration.ZERO, Trial.NONE);
    }

    private Standing ask(String replica, Key subject, Trial trial) {
        return tell(replica, subject, 0, 0, 0, Duration.ZERO, trial);
    }

    @Test
    default void aSubjectNobodySpokeOfIsHealthy() {
        assertThat(ask(HERE, fresh(), Trial.NONE)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    default void failuresInARowOpenTheCircuitForAllReplicas() {
        Key subject = fresh();
        assertThat(failed(subject, 2).circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(tell(THERE, subject, 0, 1, 1, Duration.ZERO, Trial.NONE))
                .isEqualTo(new Standing(Circuit.OPEN, RULES.cooldown(), false, Cause.CONSECUTIVE_FAILURES, 3, 3));
        pass(Duration.ofSeconds(4));
        assertThat(ask(HERE, subject, Trial.NONE).remaining()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    default void aSuccessInBetweenEndsTheRow() {
        Key subject = fresh();
        failed(subject, 2);
        assertThat(tell(HERE, subject, 1, 2, 2, Duration.ZERO, Trial.NONE).circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(failed(subject, 1).circuit()).isEqualTo(Circuit.OPEN);
    }

    @Test
    default void aShareOfFailuresOpensItOnceThereAreEnoughRequests() {
        Key subject = fresh();
        assertThat(tell(HERE, subject, 4, 4, 0, Duration.ZERO, Trial.NONE).circuit()).isEqualTo(Circuit.CLOSED);
        Standing enough = tell(HERE, subject, 1, 1, 1, Duration.ZERO, Trial.NONE);
        assertThat(enough.circuit()).isEqualTo(Circuit.OPEN);
        assertThat(enough.cause()).isEqualTo(Cause.FAILURE_RATE);
    }

    @Test
    default void failuresOfLongAgoDoNotCount() {
        Key subject = fresh();
        tell(HERE, subject, 5, 4, 0, Duration.ZERO, Trial.NONE);
        pass(Duration.ofSeconds(61));
        Standing now = tell(HERE, subject, 9, 1, 1, Duration.ZERO, Trial.NONE);
        assertThat(now.circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(now.requests()).isEqualTo(10);
    }

    @Test
    default void afterTheCooldownOneReplicaIsGrantedATrial() {
        Key subject = fresh();
        failed(subject, 3);
        pass(Duration.ofSeconds(10));
        assertThat(ask(HERE, subject, Trial.NONE)).returns(Circuit.HALF_OPEN, Standing::circuit).returns(false, Standing::granted);
        assertThat(ask(HERE, subject, Trial.WANTED).granted()).isTrue();
        assertThat(ask(THERE, subject, Trial.WANTED).granted()).isFalse();
        assertThat(ask(HERE, subject, Trial.NONE).granted()).as("the grant lasts").isTrue();
    }

    @Test
    default void aPassedTrialClosesTheCircuit() {
        Key subject = opened();
        assertThat(tell(HERE, subject, 1, 0, 0, Duration.ZERO, Trial.PASSED).circuit()).isEqualTo(Circuit.CLOSED);
        assertThat(failed(subject, 2).circuit()).as("counts from the start").isEqualTo(Circuit.CLOSED);
    }

    @Test
    default void aFailedTrialOpensItForTwiceAsLongUpToTheLongest() {
        Key subject = opened();
        for (int seconds : List.of(20, 40, 60, 60)) {
            Standing failed = tell(HERE, subject, 0, 1, 1, Duration.ZERO, Trial.FAILED);
            assertThat(failed).returns(Circuit.OPEN, Standing::circuit).returns(Cause.FAILED_TRIAL, Standing::cause)
                    .returns(Duration.ofSeconds(seconds), Standing::remaining);
            pass(Duration.ofSeconds(seconds));
            assertThat(ask(HERE, subject, Trial.WANTED).granted()).isTrue();
        }
    }

    @Test
    default void aTrialThatToldNothingLeavesItToAnother() {
        Key subject = opened();
        assertThat(ask(HERE, subject, Trial.VOID).granted()).isFalse();
        assertThat(ask(THERE, subject, Trial.WANTED).granted()).isTrue();
    }

    @Test
    default void aGrantThatNobodyUsedEnds() {
        Key subject = opened();
        pass(HealthStore.TRIAL);
        assertThat(ask(HERE, subject, Trial.NONE).granted()).isFalse();
        assertThat(ask(THERE, subject, Trial.WANTED).granted()).isTrue();
        assertThat(tell(HERE, subject, 1, 0, 0, Duration.ZERO, Trial.PASSED).circuit()).as("a late word of the first").isEqualTo(Circuit.HALF_OPEN);
    }

    @Test
    default void aCircuitThatOpensAgainSoonStaysOpenLonger() {
        Key subject = opened();
        tell(HERE, subject, 1, 0, 0, Duration.ZERO, Trial.PASSED);
        assertThat(failed(subject, 3).remaining()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    default void aCircuitThatOpensAgainLaterDoesNot() {
        Key subject = opened();
        tell(HERE, subject, 1, 0, 0, Duration.ZERO, Trial.PASSED);
        pass(Duration.ofMinutes(1));
        assertThat(failed(subject, 3).remaining()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    default void aPauseThatWasAskedForOpensItForAsLongWithinTheLongest() {
        Key subject = fresh();
        assertThat(tell(HERE, subject, 0, 0, 0, Duration.ofSeconds(17), Trial.NONE))
                .isEqualTo(new Standing(Circuit.OPEN, Duration.ofSeconds(17), false, Cause.RATE_LIMITED, 0, 0));
        assertThat(tell(HERE, subject, 0, 0, 0, Duration.ofSeconds(5), Trial.NONE).remaining()).as("never shortened").isEqualTo(Duration.ofSeconds(17));
        assertThat(tell(HERE, subject, 0, 0, 0, Duration.ofDays(10), Trial.NONE).remaining()).isEqualTo(RULES.longest());
    }

    @Test
    default void whileItIsOpenLateFailuresDoNotKeepItOpen() {
        Key subject = fresh();
        failed(subject, 3);
        pass(Duration.ofSeconds(4));
        assertThat(failed(subject, 50).remaining()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    default void manySubjectsInOneCall() {
        Key well = fresh();
        Key ill = fresh();
        List<Standing> standings = store().exchange(HERE, List.of(new Report(ill, RULES, 0, 3, 3, Duration.ZERO, Trial.NONE), Report.question(well, RULES)));
        assertThat(standings).extracting(Standing::circuit).containsExactly(Circuit.OPEN, Circuit.CLOSED);
    }

    @Test
    default void randomReportsEndAsInThePlainRecord() {
        MemoryHealthStore plain = new MemoryHealthStore(10, this::clock);
        Random random = new Random(7);
        Key subject = fresh();
        for (int step = 0; step < 400; step++) {
            int failures = random.nextInt(3);
            Report report = new Report(subject, RULES, random.nextInt(4), failures, random.nextInt(failures + 1),
                    Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(90_000) : 0), Trial.values()[random.nextInt(5)]);
            String replica = random.nextBoolean() ? HERE : THERE;
            assertThat(store().exchange(replica, List.of(report))).as("step %d", step).isEqualTo(plain.exchange(replica, List.of(report)));
            pass(Duration.ofMillis(random.nextInt(4_000)));
        }
    }

    /** Half open, with the trial granted to {@link #HERE}. */
    private Key opened() {
        Key subject = fresh();
        failed(subject, 3);
        pass(Duration.ofSeconds(10));
        assertThat(ask(HERE, subject, Trial.WANTED).granted()).isTrue();
        return subject;
    }
}
