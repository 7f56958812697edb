package dev.gatehouse.router.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.classify.Classification.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On points around directions that stand for meanings. */
class LinearHeadTest {

    private static final int DIMENSIONS = 64;
    private final Random random = new Random(3);

    private Int8Vector near(int direction, double noise) {
        float[] vector = new float[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            vector[d] = (float) (random.nextGaussian() * noise / Math.sqrt(DIMENSIONS)) + (d == direction ? 1 : 0);
        }
        return Int8Vector.of(vector);
    }

    /** As near to the one as to the other. */
    private Int8Vector between(int one, int other) {
        float[] vector = near(one, 0.2).floats();
        vector[other] += 1;
        return Int8Vector.of(vector);
    }

    private List<Example> examples(int routes, int each) {
        List<Example> examples = new ArrayList<>();
        for (int route = 0; route < routes; route++) {
            for (int i = 0; i < each; i++) {
                examples.add(new Example("r" + route, "text " + i, false, near(route, 0.5)));
            }
        }
        return examples;
    }

    @Test
    void textsNearARoutesExamplesBelongToItAndOthersToNone() {
        Head head = new LinearHead(examples(10, 10), Map.of());
        for (int route = 0; route < 10; route++) {
            Classification found = head.classify(near(route, 0.4), "");
            assertThat(found.candidates().getFirst().route()).isEqualTo("r" + route);
            assertThat(found.outOfScope()).isFalse();
            assertThat(found.nearest()).hasSize(5).allMatch(near -> near.cosine() > 0.3).isSortedAccordingTo((a, b) -> Double.compare(b.cosine(), a.cosine()));
            assertThat(head.classify(near(40 + route, 0.4), "").outOfScope()).isTrue();
        }
    }

    @Test
    void theSameExamplesGiveTheSameHead() {
        List<Example> examples = examples(5, 6);
        Int8Vector asked = near(2, 0.8);
        assertThat(new LinearHead(examples, Map.of()).classify(asked, "")).isEqualTo(new LinearHead(examples, Map.of()).classify(asked, ""));
    }

    @Test
    void negativeExamplesTakeTextsAwayFromARoute() {
        List<Example> examples = examples(3, 8);
        Head without = new LinearHead(examples, Map.of("r0", 0.0, "r1", 0.0, "r2", 0.0));
        for (int i = 0; i < 4; i++) {
            examples.add(new Example("r0", "no " + i, true, between(0, 20)));
        }
        Head with = new LinearHead(examples, Map.of("r0", 0.0, "r1", 0.0, "r2", 0.0));
        Int8Vector looksAlike = between(0, 20);
        assertThat(score(with, "r0", looksAlike)).isLessThan(score(without, "r0", looksAlike));
        assertThat(with.classify(looksAlike, "").candidates()).extracting(Scored::route).containsOnly("r0", "r1", "r2");
    }

    private static double score(Head head, String route, Int8Vector vector) {
        return head.classify(vector, "").candidates().stream().filter(scored -> scored.route().equals(route)).findFirst().orElseThrow().score();
    }

    @Test
    void aThresholdOfThePolicyIsKept() {
        assertThat(new LinearHead(examples(2, 5), Map.of("r0", 0.99)).report().thresholds()).containsEntry("r0", 0.99)
                .extractingByKey("r1").satisfies(fitted -> assertThat(fitted).isBetween(0.01, 0.98));
    }

    @Test
    void theReportNamesExamplesOfTwoRoutesThatMeanTheSame() {
        List<Example> examples = examples(3, 6);
        Int8Vector twice = near(1, 0.1);
        examples.add(new Example("r1", "reset my password", false, twice));
        examples.add(new Example("r2", "how do I reset my password", false, twice));
        Report report = new LinearHead(examples, Map.of()).report();
        assertThat(report.overlaps()).extracting(Report.Overlap::text, Report.Overlap::otherText)
                .contains(org.assertj.core.groups.Tuple.tuple("reset my password", "how do I reset my password"));
        assertThat(report.confusions()).extracting(Report.Confusion::route).contains("r2");
    }

    @Test
    void oneRouteWithOneExampleIsEnough() {
        Head head = new LinearHead(examples(1, 1), Map.of("r0", 0.5));
        assertThat(head.classify(near(0, 0.2), "").outOfScope()).isFalse();
        assertThat(head.classify(near(30, 0.2), "").outOfScope()).isTrue();
    }

    @Test
    void aRoutesNameTeachesWhatItsExamplesDoNotSayAndIsNeverShown() {
        List<Example> examples = examples(3, 2);
        Int8Vector asked = between(2, 30);
        Head named = new LinearHead(examples, Map.of("r2", near(30, 0.1)), Map.of());
        assertThat(score(named, "r2", asked)).isGreaterThan(score(new LinearHead(examples, Map.of()), "r2", asked));
        assertThat(named.classify(near(30, 0.1), "").nearest()).extracting(Classification.Near::text).allMatch(text -> text.startsWith("text"));
        assertThat(named.report().thresholds()).hasSize(3);
    }
}
