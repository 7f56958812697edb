package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.gain.Words.Sparse;
import dev.gatehouse.router.matrix.Columns;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests of the past: their words, their places in meaning, and what they say of the two models. A request is worth the strong model as far
 * as the weak one will be wrong and the strong one right. The latter counts squared: what is hard for one is hard for the other, and is won by
 * neither.
 */
record PastRequests(Words words, Meaning meaning, Neighbours neighbours, Teller weak, Teller strong) {

    private static final double LEAST = 0.02;

    /** What a model's answers were: on average, and what each word and each row says besides. */
    record Teller(float mean, float[] ofWords, float[] ofRows) {

        static Teller of(Ridge ridge, List<Sparse> words, float[] right) {
            float mean = 0;
            for (float each : right) {
                mean += each / right.length;
            }
            float[] rest = new float[right.length];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = right[i] - mean;
            }
            float[] said = ridge.solve(rest);
            return new Teller(mean, Ridge.wordWeights(words, said), said);
        }

        /** The probability that it is right. */
        double tell(Sparse words, float[] neighbours) {
            double sum = 0;
            for (int i = 0; i < neighbours.length; i++) {
                sum += neighbours[i] * ofRows[i];
            }
            return Math.clamp(mean + words.times(ofWords) + Ridge.NEIGHBOURS * sum, LEAST, 1 - LEAST);
        }
    }

    static PastRequests of(List<Labelled> rows) {
        Words words = Words.of(rows.stream().map(Labelled::text).toList());
        Meaning meaning = Meaning.of(rows.stream().map(Labelled::vector).toList());
        List<Sparse> ofWords = rows.stream().map(row -> words.in(row.text())).toList();
        List<float[]> places = rows.stream().map(row -> Neighbours.kept(meaning.in(row.vector()))).toList();
        Columns columns = Columns.empty(meaning.axes().columns(), rows.size());
        IntStream.range(0, rows.size()).forEach(i -> columns.setColumn(i, places.get(i)));
        Neighbours neighbours = new Neighbours(columns);
        Ridge ridge = new Ridge(ofWords, neighbours, places);
        float[] weak = new float[rows.size()];
        float[] strong = new float[rows.size()];
        for (int i = 0; i < weak.length; i++) {
            weak[i] = rows.get(i).weakRight() ? 1 : 0;
            strong[i] = rows.get(i).strongRight() ? 1 : 0;
        }
        return new PastRequests(words, meaning, neighbours, Teller.of(ridge, ofWords, weak), Teller.of(ridge, ofWords, strong));
    }

    /**
     * The larger, the sooner the strong model should get the request. Has no unit.
     *
     * @throws IllegalArgumentException for a vector of other dimensions than those of the encoder it was fitted with
     */
    double worth(Int8Vector vector, String text) {
        Sparse own = words.in(text);
        float[] near = neighbours.of(meaning.in(vector));
        double right = strong.tell(own, near);
        return (1 - weak.tell(own, near)) * right * right;
    }
}
