package dev.gatehouse.cache.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Traits;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisBed;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas of the cache with one Redis. */
class SharedEvidenceRedisTest {

    private static final KeyedHash HASH = KeyedHash.random();
    private static final Candidate LIKELY = Traffic.candidate(0.97);

    private static RedisBed bed;

    private final Target target = new Target(0.01, false, 0.03);
    private final Pool pool = pool(target);

    @BeforeAll
    static void start() throws Exception {
        bed = RedisBed.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static Pool pool(Target target) {
        return new Pool("policy", new Keys(HASH).key("policy", "cache", UUID.randomUUID().toString()).text(), target);
    }

    /** A replica; it shares when it is told to. */
    private record Replica(AdaptiveBound bound, SharedEvidence evidence) {

        static Replica start(String versions) {
            AdaptiveBound bound = AdaptiveBound.shared();
            return new Replica(bound, new SharedEvidence(bound, bed.state(), HASH, versions));
        }

        static Replica start() {
            return start("encoder verifier");
        }

        Decision decides(Pool pool, Candidate candidate) {
            return bound.decide(pool, "an entry", candidate);
        }

        void shares() {
            evidence.exchange();
        }
    }

    /** Shares what it has learnt of traffic whose answers are right more often than the verifier believes. */
    private Replica experienced() {
        Replica replica = Replica.start();
        new Traffic(pool, 1, request -> replica.bound).believing(odds -> odds - 1).run(3_000);
        replica.shares();
        return replica;
    }

    @Test
    void whatOneReplicaHasLearntAnotherServes() {
        Replica here = experienced();
        Replica there = Replica.start();
        assertThat(here.decides(pool, LIKELY)).isInstanceOf(Decision.Serve.class);
        assertThat(there.decides(pool, LIKELY)).isInstanceOf(Decision.Refuse.class);
        there.shares();
        assertThat(there.decides(pool, LIKELY)).isInstanceOf(Decision.Serve.class);
        assertThat(there.bound.estimate("policy")).isEqualTo(here.bound.estimate("policy"));
    }

    @Test
    void itSurvivesARestart() {
        Replica before = Replica.start();
        new Traffic(pool, 1, request -> before.bound).run(1_000);
        before.evidence.close();
        Replica after = Replica.start();
        after.decides(pool, LIKELY);
        after.shares();
        assertThat(after.bound.estimate("policy")).isEqualTo(before.bound.estimate("policy"));
    }

    @Test
    void anEntryAndWordsThatProvedWrongInOneReplicaAreNotServedByAnother() {
        Replica here = Replica.start();
        Replica there = Replica.start();
        Candidate sure = new Candidate(new Judgement(0.999, Optional.empty(), Traits.of(17, -4)), 0.95);
        assertThat(there.decides(pool, sure)).isInstanceOf(Decision.Serve.class);
        there.shares();
        IntStream.range(0, 3).forEach(i -> here.bound.learn(pool, "another entry", sure, false));
        here.shares();
        there.bound.asked(pool, new Seen.Nothing());
        there.shares();
        assertThat(there.decides(pool, sure)).as("by the words in which they differ").isInstanceOf(Decision.Refuse.class);
        assertThat(there.bound.score(pool, "another entry", Traffic.candidate(0.999))).as("by its record").isLessThan(0.99);
        assertThat(there.bound.score(pool, "an entry", Traffic.candidate(0.999))).isGreaterThan(0.99);
    }

    @Test
    void aSingleLessonSurvivesARestartWithItsWords() {
        Replica before = Replica.start();
        Candidate sure = new Candidate(new Judgement(0.999, Optional.empty(), Traits.of(17, -4)), 0.95);
        before.bound.asked(pool, new Seen.Near("an entry", sure));
        before.bound.learn(pool, "an entry", sure, false);
        before.shares();
        Replica after = Replica.start();
        after.bound.asked(pool, new Seen.Exact());
        after.shares();
        assertThat(after.bound.estimate("policy").labels()).isOne();
        assertThat(after.bound.score(pool, "another", sure)).isEqualTo(before.bound.score(pool, "another", sure));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.01, 0.02})
    void theBoundHoldsWhereReplicasServeTogether(double share) {
        Pool split = pool(new Target(share, false, 0.03));
        Replica[] replicas = {Replica.start(), Replica.start(), Replica.start()};
        Traffic.Run run = new Traffic(split, 4, request -> {
            if (request % 100 == 0) {
                replicas[request / 100 % 3].shares();
            }
            return replicas[request * 7 % 3].bound;
        }).run(20_000);
        assertThat(run.windows()).allMatch(wrong -> wrong <= share * Traffic.WINDOW);
        assertThat(run.hits()).as("hits of the best threshold that one could have known").isGreaterThan((int) (0.9 * Traffic.best(share, 4)));
    }

    @Test
    void anotherEncoderOrVerifierAndAnotherBoundBeginAnew() {
        experienced();
        Replica upgraded = Replica.start("encoder another verifier");
        Pool changed = new Pool(pool.policy(), pool.owner(), new Target(0.012, false, 0.03));
        upgraded.decides(pool, LIKELY);
        upgraded.shares();
        assertThat(upgraded.bound.estimate("policy").requests()).isZero();
        Replica same = Replica.start();
        same.decides(changed, LIKELY);
        same.shares();
        assertThat(same.bound.estimate("policy").requests()).isZero();
    }

    @Test
    void aRedisThatIsGoneChangesNothingAndOneThatComesBackEmptyIsToldAgain() throws Exception {
        Replica here = experienced();
        Replica there = Replica.start();
        there.decides(pool, LIKELY);
        there.shares();
        Estimate known = here.bound.estimate("policy");
        bed.server().kill();
        here.bound.asked(pool, new Seen.Exact());
        here.shares();
        there.shares();
        assertThat(here.bound.estimate("policy").requests()).isEqualTo(known.requests() + 1);
        assertThat(here.decides(pool, LIKELY)).isInstanceOf(Decision.Serve.class);
        bed.server().run();
        here.shares();
        here.shares();
        Replica later = Replica.start();
        later.decides(pool, LIKELY);
        later.shares();
        assertThat(later.bound.estimate("policy")).isEqualTo(here.bound.estimate("policy"));
    }
}
