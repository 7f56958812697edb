package dev.gatehouse.cache.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Veto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic of which half is asked again word by word and a third comes near an earlier question, each right as often as its true log odds say. */
class AdaptiveBoundTest {

    private static final int WINDOW = 4_000;
    private static final Target ONE_PERCENT = new Target(0.01, false, 0.03);

    private final AdaptiveBound bound = new AdaptiveBound();

    @Test
    void beforeAnythingIsKnownWhatIsAllButSureIsServedAndNothingElse() {
        Pool pool = pool(new Target(0.01, false, 0));
        assertThat(bound.decide(pool, "e", candidate(0.995))).isInstanceOf(Decision.Serve.class);
        assertThat(bound.decide(pool, "e", candidate(0.9))).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void whatIsVetoedIsNeverServed() {
        Candidate vetoed = new Candidate(new Judgement(0.9999, Optional.of(Veto.number)), 1);
        assertThat(bound.decide(pool(ONE_PERCENT), "e", vetoed)).isInstanceOf(Decision.Refuse.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.01, 0.02})
    void theTargetOverRequestsHoldsAndMostOfItIsUsed(double share) {
        Run run = run(new Target(share, false, 0.03), odds -> odds, 20_000, 1);
        assertThat(run.wrong()).isLessThanOrEqualTo((int) (share * 20_000));
        assertThat(run.windows()).allMatch(wrong -> wrong <= share * WINDOW);
        assertThat(run.hits()).as("hits of the best threshold that one could have known").isGreaterThan((int) (0.9 * best(share, 1)));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 1.5", "0.5, -1", "1, -2"})
    void itHoldsWhateverTheVerifierBelievesOfItself(double slope, double offset) {
        Run run = run(ONE_PERCENT, odds -> slope * odds + offset, 20_000, 2);
        assertThat(run.windows().subList(1, run.windows().size())).allMatch(wrong -> wrong <= 0.01 * WINDOW);
        assertThat(run.hits()).isGreaterThan((int) (0.85 * best(0.01, 2)));
    }

    @Test
    void theTargetOverHitsHolds() {
        Run run = run(new Target(0.01, true, 0.03), odds -> odds, 20_000, 3);
        assertThat(run.wrong()).isLessThanOrEqualTo((int) (0.01 * run.hits()));
        assertThat(run.hits()).isGreaterThan(10_000);
    }

    @Test
    void anEntryThatWasWrongIsNotServedAgainThoughItsScoreIsHigh() {
        Pool pool = pool(new Target(0.01, false, 0));
        assertThat(bound.decide(pool, "bad", candidate(0.995))).isInstanceOf(Decision.Serve.class);
        bound.learn(pool, "bad", candidate(0.995), false);
        assertThat(bound.decide(pool, "bad", candidate(0.995))).isInstanceOf(Decision.Refuse.class);
        assertThat(bound.decide(pool, "good", candidate(0.995))).as("one wrong answer says little of all others").isInstanceOf(Decision.Serve.class);
    }

    @Test
    void aDecisionChangesNothing() {
        Pool pool = pool(ONE_PERCENT);
        List<Decision> decisions = IntStream.range(0, 500).mapToObj(i -> bound.decide(pool, "e", candidate(0.999))).distinct().toList();
        assertThat(decisions).hasSize(1);
        assertThat(bound.estimate("policy").requests()).isZero();
    }

    @Test
    void aShareOfWouldBeHitsGoesToTheModel() {
        Pool pool = pool(new Target(0.01, false, 0.1));
        int explored = 0;
        for (int i = 0; i < 2_000; i++) {
            Decision decision = bound.decide(pool, "e", candidate(0.999));
            explored += decision instanceof Decision.Explore ? 1 : 0;
            bound.asked(pool, new Seen.Exact());
        }
        assertThat(explored).isBetween(140, 260);
    }

    @Test
    void onePoolTeachesNoOther() {
        Pool attacker = new Pool("policy", "attacker", ONE_PERCENT);
        for (int i = 0; i < 5_000; i++) {
            bound.asked(attacker, new Seen.Near("e" + i, candidate(0.5)));
            bound.learn(attacker, "e" + i, candidate(0.5), true);
        }
        assertThat(bound.decide(attacker, "x", candidate(0.5))).isNotInstanceOf(Decision.Refuse.class);
        assertThat(bound.decide(new Pool("policy", "victim", ONE_PERCENT), "x", candidate(0.5))).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void whatIsKnownIsToldByPolicy() {
        run(ONE_PERCENT, odds -> odds, 8_000, 5);
        Estimate known = bound.estimate("policy");
        assertThat(known.requests()).isEqualTo(8_000);
        assertThat(known.labels()).isPositive();
        assertThat(known.minimum()).isBetween(0.5, 1.0);
        assertThat(known.wrong() / known.requests()).isLessThan(0.01);
        assertThat(bound.estimate("other").requests()).isZero();
    }

    /** @param windows wrong answers in each window */
    private record Run(int hits, int wrong, List<Integer> windows) {}

    /** @param believed the verifier's log odds, of the true ones */
    private Run run(Target target, DoubleUnaryOperator believed, int requests, long seed) {
        Random random = new Random(seed);
        Pool pool = pool(target);
        int hits = 0;
        List<Integer> windows = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            if (i % WINDOW == 0) {
                windows.add(0);
            }
            double kind = random.nextDouble();
            double odds = 1.5 + 2.5 * random.nextGaussian();
            boolean right = random.nextDouble() < Scale.probability(odds);
            String entry = "e" + random.nextInt(2_000);
            if (kind < 0.5) {
                bound.asked(pool, new Seen.Exact());
                hits++;
            } else if (kind < 0.83) {
                Candidate candidate = candidate(Scale.probability(believed.applyAsDouble(odds)));
                Decision decision = bound.decide(pool, entry, candidate);
                bound.asked(pool, new Seen.Near(entry, candidate));
                if (decision instanceof Decision.Serve) {
                    bound.served(pool, entry, candidate);
                    hits++;
                    windows.set(windows.size() - 1, windows.getLast() + (right ? 0 : 1));
                } else {
                    bound.learn(pool, entry, candidate, right);
                }
            } else {
                bound.asked(pool, new Seen.Nothing());
            }
        }
        return new Run(hits, windows.stream().mapToInt(Integer::intValue).sum(), windows);
    }

    /** Hits of the best threshold over 20,000 requests of this traffic, exact ones too. */
    private static int best(double share, long seed) {
        Random random = new Random(seed);
        List<double[]> near = new ArrayList<>();
        int exact = 0;
        for (int i = 0; i < 20_000; i++) {
            double kind = random.nextDouble();
            double odds = 1.5 + 2.5 * random.nextGaussian();
            double wrong = random.nextDouble() < Scale.probability(odds) ? 0 : 1;
            random.nextInt(2_000);
            exact += kind < 0.5 ? 1 : 0;
            if (kind >= 0.5 && kind < 0.83) {
                near.add(new double[] {odds, wrong});
            }
        }
        near.sort((one, other) -> Double.compare(other[0], one[0]));
        double wrong = 0;
        int served = 0;
        while (served < near.size() && wrong + near.get(served)[1] <= share * 20_000) {
            wrong += near.get(served++)[1];
        }
        return exact + served;
    }

    private static Pool pool(Target target) {
        return new Pool("policy", "owner", target);
    }

    private static Candidate candidate(double score) {
        return new Candidate(new Judgement(score, Optional.empty()), 0.95);
    }
}
