package dev.gatehouse.router.gain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Of traffic like the fitted requests, unlike them, and changing. */
class StrongShareTest {

    private static final GainModel MODEL = GainModel.shipped();
    private final Random random = new Random(5);

    private static double share(StrongShare strong, int requests, DoubleSupplier gains) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += strong.admits(gains.getAsDouble()) ? 1 : 0;
        }
        return admitted / (double) requests;
    }

    @Test
    void theShareIsKeptFromTheFirstRequestsOnWhereTrafficIsLikeThatOfTheFitting() {
        DoubleSupplier fitted = () -> MODEL.gainOf(random.nextDouble());
        assertThat(share(new StrongShare(0.3, MODEL), 200, fitted)).isCloseTo(0.3, within(0.08));
        assertThat(share(new StrongShare(0.3, MODEL), 5_000, fitted)).isCloseTo(0.3, within(0.02));
    }

    @Test
    void theShareIsKeptOnTrafficThatGainsMoreThanAnyOfTheFitting() {
        StrongShare strong = new StrongShare(0.2, MODEL);
        DoubleSupplier harder = () -> 0.7 + 0.2 * random.nextDouble();
        assertThat(share(strong, 1_000, harder)).isBetween(0.15, 0.24);
        assertThat(share(strong, 4_000, harder)).isCloseTo(0.2, within(0.02));
        DoubleSupplier easier = () -> -0.5 + 0.1 * random.nextDouble();
        assertThat(share(strong, 1_000, easier)).as("while it turns easier").isBetween(0.0, 0.2);
        assertThat(share(strong, 4_000, easier)).as("when it has").isCloseTo(0.2, within(0.02));
    }

    @Test
    void thoseThatGainMostGetIt() {
        StrongShare strong = new StrongShare(0.25, MODEL);
        share(strong, 2_000, random::nextDouble);
        assertThat(strong.wouldAdmit(0.9)).isTrue();
        assertThat(strong.wouldAdmit(0.6)).isFalse();
    }

    @Test
    void requestsThatGainAllTheSameShareIt() {
        assertThat(share(new StrongShare(0.4, MODEL), 5_000, () -> 0.0)).isCloseTo(0.4, within(0.03));
    }

    @Test
    void noneAndAllArePossibleAndAskingAloneCountsNothing() {
        assertThat(share(new StrongShare(0, MODEL), 1_000, random::nextDouble)).isZero();
        assertThat(share(new StrongShare(1, MODEL), 1_000, random::nextDouble)).isEqualTo(1);
        StrongShare strong = new StrongShare(0.3, MODEL);
        for (int i = 0; i < 3_000; i++) {
            strong.wouldAdmit(0.9);
        }
        assertThat(strong.admits(MODEL.gainOf(0.9))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new StrongShare(Double.NaN, MODEL));
    }
}
