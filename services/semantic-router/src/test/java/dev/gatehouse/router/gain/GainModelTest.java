package dev.gatehouse.router.gain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.exchange.Int8Vector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests of two sorts: proofs, which only the strong model gets right, and capitals, which both do. */
class GainModelTest {

    private static final String[] THINGS = {"lion", "tiger", "horse", "eagle", "trout", "maple", "river", "stone"};

    private static Labelled proof(int number) {
        String text = "prove by induction that the theorem of the " + THINGS[number % THINGS.length] + " holds";
        return new Labelled(text, vector(1, number), number % 9 == 0, true);
    }

    private static Labelled capital(int number) {
        String text = "what is the capital of the land of the " + THINGS[number % THINGS.length];
        return new Labelled(text, vector(-1, number), true, number % 9 != 0);
    }

    private static Int8Vector vector(float side, int number) {
        return Int8Vector.of(new float[] {side, 0.3f * (float) Math.sin(number), 0.3f * (float) Math.cos(number), 0.2f});
    }

    private static List<Labelled> requests() {
        List<Labelled> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            requests.add(proof(i));
            requests.add(capital(i));
        }
        return requests;
    }

    @Test
    void strongCallsGoWhereOnlyTheStrongModelIsRight() {
        List<Labelled> requests = requests();
        GainModel model = GainModel.fit(requests);
        double hard = model.gain(vector(1, 1_000), "prove the theorem of the lynx by induction");
        double easy = model.gain(vector(-1, 1_000), "what is the capital of the land of the lynx");
        assertThat(hard).isGreaterThan(easy + 0.3);
        assertThat(model.complexity(hard)).isGreaterThan(0.5);
        assertThat(model.complexity(easy)).isLessThan(0.5);
        assertThat(Curve.of(requests, GainModel.leftOut(requests)).forMost()).isLessThan(0.5);
    }

    @Test
    void aShareOfStrongCallsIsKeptOnRequestsLikeThoseItWasFittedOn() {
        List<Labelled> requests = requests();
        GainModel model = GainModel.fit(requests);
        long strong = requests.stream().filter(request -> model.complexity(model.gain(request.vector(), request.text())) >= 0.5).count();
        assertThat(strong / (double) requests.size()).isCloseTo(0.5, within(0.1));
    }

    @Test
    void theSameRowsGiveTheSameModelAndItIsReadAsItWasWritten() throws IOException {
        byte[] written = bytes(GainModel.fit(requests()));
        assertThat(bytes(GainModel.fit(requests()))).isEqualTo(written);
        assertThat(bytes(GainModel.read(new ByteArrayInputStream(written)))).isEqualTo(written);
    }

    @Test
    void aModelThatWasReadSaysWhatTheFittedOneSays() throws IOException {
        GainModel fitted = GainModel.fit(requests());
        GainModel read = GainModel.read(new ByteArrayInputStream(bytes(fitted)));
        for (Labelled request : List.of(proof(3), capital(4), proof(51), capital(77))) {
            assertThat(read.gain(request.vector(), request.text())).isEqualTo(fitted.gain(request.vector(), request.text()));
        }
    }

    @Test
    void requestsOfOnePlaceAreNoFault() {
        List<Labelled> same = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            same.add(new Labelled("the same again", vector(1, 1), i % 3 == 0, true));
        }
        assertThat(GainModel.fit(same).gain(vector(1, 1), "the same again")).isCloseTo(2 / 3.0, within(0.1));
    }

    private static byte[] bytes(GainModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    void whatIsNoModelIsRefused() throws IOException {
        byte[] written = bytes(GainModel.fit(requests()));
        assertThatIOException().isThrownBy(() -> GainModel.read(new ByteArrayInputStream(Arrays.copyOf(written, written.length / 2))));
        assertThatIOException().isThrownBy(() -> GainModel.read(new ByteArrayInputStream("model".getBytes())));
    }

    @Test
    void tooFewRowsAndOtherEncodersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> GainModel.fit(requests().subList(0, 10)));
        assertThatIllegalArgumentException().isThrownBy(() -> GainModel.shipped().gain(vector(1, 1), "a text"));
    }

    @Test
    void complexityOfTheShippedOneRisesWithTheGain() {
        GainModel shipped = GainModel.shipped();
        assertThat(shipped.complexity(-1)).isZero();
        assertThat(shipped.complexity(1)).isEqualTo(1);
        assertThat(shipped.complexity(0.2)).isGreaterThan(shipped.complexity(0.05));
    }

    @Test
    void anOrderIsWorthWhatItWinsEarly() {
        List<Labelled> rows = List.of(proof(1), proof(2), capital(1), capital(2));
        Curve best = Curve.of(rows, new double[] {0.9, 0.8, 0.1, 0.2});
        assertThat(best.apgr()).isEqualTo(0.75);
        assertThat(best.forHalf()).isEqualTo(0.25);
        assertThat(best.forMost()).isEqualTo(0.5);
    }

    @Test
    void howFarOtherRequestsWouldChangeTheFigureShrinksWithTheirNumber() {
        List<Labelled> many = requests();
        double[] gains = many.stream().mapToDouble(request -> request.gain() * 0.1).toArray();
        double few = Curve.deviation(many.subList(0, 20), Arrays.copyOf(gains, 20));
        assertThat(Curve.deviation(many, gains)).isBetween(0.001, few);
        assertThat(Curve.deviation(many.subList(0, 1), new double[] {0})).as("of one request nothing can be told").isZero();
    }
}
