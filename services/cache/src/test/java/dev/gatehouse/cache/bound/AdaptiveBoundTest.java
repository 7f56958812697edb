package dev.gatehouse.cache.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Veto;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveBoundTest {

    private static final Target ONE_PERCENT = new Target(0.01, false, 0.03);

    private final AdaptiveBound bound = AdaptiveBound.alone();

    @Test
    void beforeAnythingIsKnownWhatIsAllButSureIsServedAndNothingElse() {
        Pool pool = pool(new Target(0.01, false, 0));
        assertThat(bound.decide(pool, "e", Traffic.candidate(0.995))).isInstanceOf(Decision.Serve.class);
        assertThat(bound.decide(pool, "e", Traffic.candidate(0.9))).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void whatIsVetoedIsNeverServed() {
        Candidate vetoed = new Candidate(new Judgement(0.9999, Optional.of(Veto.number)), 1);
        assertThat(bound.decide(pool(ONE_PERCENT), "e", vetoed)).isInstanceOf(Decision.Refuse.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.01, 0.02})
    void theTargetOverRequestsHoldsAndMostOfItIsUsed(double share) {
        Traffic.Run run = traffic(new Target(share, false, 0.03), 1).run(20_000);
        assertThat(run.wrong()).isLessThanOrEqualTo((int) (share * 20_000));
        assertThat(run.windows()).allMatch(wrong -> wrong <= share * Traffic.WINDOW);
        assertThat(run.hits()).as("hits of the best threshold that one could have known").isGreaterThan((int) (0.9 * Traffic.best(share, 1)));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 1.5", "0.5, -1", "1, -2"})
    void itHoldsWhateverTheVerifierBelievesOfItself(double slope, double offset) {
        Traffic.Run run = traffic(ONE_PERCENT, 2).believing(odds -> slope * odds + offset).run(20_000);
        assertThat(run.windows().subList(1, run.windows().size())).allMatch(wrong -> wrong <= 0.01 * Traffic.WINDOW);
        assertThat(run.hits()).isGreaterThan((int) (0.85 * Traffic.best(0.01, 2)));
    }

    @Test
    void theTargetOverHitsHolds() {
        Traffic.Run run = traffic(new Target(0.01, true, 0.03), 3).run(20_000);
        assertThat(run.wrong()).isLessThanOrEqualTo((int) (0.01 * run.hits()));
        assertThat(run.hits()).isGreaterThan(10_000);
    }

    @Test
    void anEntryThatWasWrongIsNotServedAgainThoughItsScoreIsHigh() {
        Pool pool = pool(new Target(0.01, false, 0));
        assertThat(bound.decide(pool, "bad", Traffic.candidate(0.995))).isInstanceOf(Decision.Serve.class);
        bound.learn(pool, "bad", Traffic.candidate(0.995), false);
        assertThat(bound.decide(pool, "bad", Traffic.candidate(0.995))).isInstanceOf(Decision.Refuse.class);
        assertThat(bound.decide(pool, "good", Traffic.candidate(0.995))).as("one wrong answer says little of all others").isInstanceOf(Decision.Serve.class);
    }

    @Test
    void aDecisionChangesNothing() {
        Pool pool = pool(ONE_PERCENT);
        List<Decision> decisions = IntStream.range(0, 500).mapToObj(i -> bound.decide(pool, "e", Traffic.candidate(0.999))).distinct().toList();
        assertThat(decisions).hasSize(1);
        assertThat(bound.estimate("policy").requests()).isZero();
    }

    @Test
    void aShareOfWouldBeHitsGoesToTheModel() {
        Pool pool = pool(new Target(0.01, false, 0.1));
        int explored = 0;
        for (int i = 0; i < 2_000; i++) {
            Decision decision = bound.decide(pool, "e", Traffic.candidate(0.999));
            explored += decision instanceof Decision.Explore ? 1 : 0;
            bound.asked(pool, new Seen.Exact());
        }
        assertThat(explored).isBetween(140, 260);
    }

    @Test
    void onePoolTeachesNoOther() {
        Pool attacker = new Pool("policy", "attacker", ONE_PERCENT);
        for (int i = 0; i < 5_000; i++) {
            bound.asked(attacker, new Seen.Near("e" + i, Traffic.candidate(0.5)));
            bound.learn(attacker, "e" + i, Traffic.candidate(0.5), true);
        }
        assertThat(bound.decide(attacker, "x", Traffic.candidate(0.5))).isNotInstanceOf(Decision.Refuse.class);
        assertThat(bound.decide(new Pool("policy", "victim", ONE_PERCENT), "x", Traffic.candidate(0.5))).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void whatIsLongAgoFades() {
        Pool pool = pool(ONE_PERCENT);
        for (int i = 0; i < 200_000; i++) {
            bound.asked(pool, new Seen.Exact());
        }
        assertThat(bound.estimate("policy").requests()).isEqualTo(100_000);
        assertThat(bound.estimate("policy").hits()).isEqualTo(100_000);
    }

    @Test
    void whatIsKnownIsToldByPolicy() {
        traffic(ONE_PERCENT, 5).run(8_000);
        Estimate known = bound.estimate("policy");
        assertThat(known.requests()).isEqualTo(8_000);
        assertThat(known.labels()).isPositive();
        assertThat(known.minimum()).isBetween(0.5, 1.0);
        assertThat(known.wrong() / known.requests()).isLessThan(0.01);
        assertThat(bound.estimate("other").requests()).isZero();
    }

    private Traffic traffic(Target target, long seed) {
        return new Traffic(pool(target), seed, request -> bound);
    }

    private static Pool pool(Target target) {
        return new Pool("policy", "owner", target);
    }
}
