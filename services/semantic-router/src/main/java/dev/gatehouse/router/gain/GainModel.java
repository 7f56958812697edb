package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.gain.Features.Input;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the strong model is worth more than the weak one for a request: the probability that it is right less that of the weak one, by two
 * logistic regressions over words and embedding. Immutable and thread-safe; never blocks.
 */
public final class GainModel {

    private static final int FORMAT = 0x47474E31;
    private static final String SHIPPED = "gain.bin.gz";
    private static final int FOLDS = 5;
    private static final int STEPS = 100;
    private static final int MOST_DIMENSIONS = 4_096;
    /** Fewer rows than this tell nothing. */
    public static final int LEAST_ROWS = 50;

    private final Features features;
    private final float[] weak;
    private final float[] strong;
    /** The gains that 0, 1, ... 100 in a hundred requests do not reach, seen by models that had not been fitted on them. */
    private final float[] ranks;

    private GainModel(Features features, float[] weak, float[] strong, float[] ranks) {
        this.features = features;
        this.weak = weak;
        this.strong = strong;
        this.ranks = ranks;
    }

    /**
     * Fits one; the same rows in the same order give the same one. Takes a minute or two for 7,000.
     *
     * @throws IllegalArgumentException for fewer than {@value #LEAST_ROWS} rows
     */
    public static GainModel fit(List<Labelled> rows) {
        double[] gains = leftOut(rows);
        Arrays.sort(gains);
        float[] ranks = new float[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            ranks[i] = (float) gains[(int) ((long) i * (gains.length - 1) / STEPS)];
        }
        GainModel model = fitted(rows);
        return new GainModel(model.features, model.weak, model.strong, ranks);
    }

    /** The gain of each row, by a model fitted on four in five of the others: how well a fitted one does on requests that it has not seen. */
    public static double[] leftOut(List<Labelled> rows) {
        if (rows.size() < LEAST_ROWS) {
            throw new IllegalArgumentException(rows.size() + " rows; at least " + LEAST_ROWS + " are needed");
        }
        double[] gains = new double[rows.size()];
        IntStream.range(0, FOLDS).parallel().forEach(fold -> {
            GainModel model = fitted(IntStream.range(0, rows.size()).filter(i -> i % FOLDS != fold).mapToObj(rows::get).toList());
            IntStream.range(0, rows.size()).filter(i -> i % FOLDS == fold).forEach(i -> gains[i] = model.gain(rows.get(i).vector(), rows.get(i).text()));
        });
        return gains;
    }

    private static GainModel fitted(List<Labelled> rows) {
        Features features = Features.of(rows);
        List<Input> inputs = rows.stream().map(row -> features.input(row.vector(), row.text())).toList();
        boolean[] weak = new boolean[rows.size()];
        boolean[] strong = new boolean[rows.size()];
        for (int i = 0; i < weak.length; i++) {
            weak[i] = rows.get(i).weakRight();
            strong[i] = rows.get(i).strongRight();
        }
        return new GainModel(features, Logistic.fit(inputs, weak, features.size()), Logistic.fit(inputs, strong, features.size()), new float[STEPS + 1]);
    }

    /**
     * -1 to 1: the strong model's probability to be right, less the weak one's.
     *
     * @throws IllegalArgumentException for a vector of other dimensions than those of the encoder it was fitted with
     */
    public double gain(Int8Vector vector, String text) {
        Input input = features.input(vector, text);
        return Logistic.probability(input, strong) - Logistic.probability(input, weak);
    }

    /** 0 to 1: the share of the requests it was fitted on that gain less. The strong model gets a tenth of such requests from 0.9 on. */
    public double complexity(double gain) {
        int above = 0;
        while (above < ranks.length && ranks[above] <= gain) {
            above++;
        }
        if (above == 0 || above == ranks.length) {
            return above == 0 ? 0 : 1;
        }
        double part = (gain - ranks[above - 1]) / (ranks[above] - ranks[above - 1]);
        return (above - 1 + part) / STEPS;
    }

    /** The gain that this share of the requests it was fitted on does not reach: what {@link #complexity} makes of it is the share again. */
    double gainOf(double complexity) {
        double at = Math.clamp(complexity, 0, 1) * STEPS;
        int below = Math.min(STEPS - 1, (int) at);
        return ranks[below] + (at - below) * (ranks[below + 1] - ranks[below]);
    }

    /** The one that comes with the router, fitted on public exam questions: see docs/semantic-router.md for what it is good for. */
    public static GainModel shipped() {
        try (InputStream in = GainModel.class.getResourceAsStream(SHIPPED)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException also for what is not such a model */
    public static GainModel read(InputStream from) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(from))) {
            if (in.readInt() != FORMAT) {
                throw new IOException("not a gain model of this version");
            }
            int dimensions = in.readInt();
            if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
                throw new IOException("a gain model of " + dimensions + " dimensions");
            }
            Features features = new Features(floats(in, Features.BUCKETS), floats(in, dimensions));
            return new GainModel(features, floats(in, features.size()), floats(in, features.size()), floats(in, STEPS + 1));
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = in.readFloat();
        }
        return floats;
    }

    /** Writes what {@link #read} reads; closes the stream. */
    public void write(OutputStream to) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(to))) {
            out.writeInt(FORMAT);
            out.writeInt(features.mean().length);
            for (float[] part : List.of(features.rarity(), features.mean(), weak, strong, ranks)) {
                for (float value : part) {
                    out.writeFloat(value);
                }
            }
        }
    }
}
