package dev.gatehouse.router.gain;

import dev.gatehouse.exchange.Int8Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the strong model is worth more than the weak one for a request, told by like requests of the past ({@link PastRequests}), and how much
 * that is among others ({@link Ranks}). Immutable and thread-safe; never blocks.
 */
public final class GainModel {

    private static final String SHIPPED = "gain.bin.gz";
    private static final int FOLDS = 5;
    /** Fewer rows than this tell nothing. */
    public static final int LEAST_ROWS = 50;
    /** Of more rows an even sample of so many is fitted on: each of them is asked for each request. */
    public static final int MOST_ROWS = 8_192;

    private final PastRequests past;
    private final Ranks ranks;

    GainModel(PastRequests past, Ranks ranks) {
        this.past = past;
        this.ranks = ranks;
    }

    /**
     * Fits one; the same rows in the same order give the same one. Takes a minute or two for 7,000, on two cores.
     *
     * @throws IllegalArgumentException for fewer than {@value #LEAST_ROWS} rows
     */
    public static GainModel fit(List<Labelled> all) {
        List<Labelled> rows = sample(all);
        return fit(rows, leftOut(rows));
    }

    /** The same of a {@link #sample}, for whom what is {@link #leftOut} is known already. */
    static GainModel fit(List<Labelled> rows, double[] leftOut) {
        return new GainModel(PastRequests.of(rows), Ranks.of(rows, leftOut));
    }

    /** Those that {@link #fit} takes of so many. */
    public static List<Labelled> sample(List<Labelled> rows) {
        if (rows.size() < LEAST_ROWS) {
            throw new IllegalArgumentException(rows.size() + " rows; at least " + LEAST_ROWS + " are needed");
        }
        int taken = Math.min(rows.size(), MOST_ROWS);
        return IntStream.range(0, taken).mapToObj(i -> rows.get((int) ((long) i * rows.size() / taken))).toList();
    }

    /** The worth of each row, by a model fitted on four in five of the others: how well a fitted one does on requests that it has not seen. */
    public static double[] leftOut(List<Labelled> rows) {
        double[] worths = new double[rows.size()];
        for (int i = 0; i < FOLDS; i++) {
            int fold = i;
            PastRequests others = PastRequests.of(IntStream.range(0, worths.length).filter(row -> row % FOLDS != fold).mapToObj(rows::get).toList());
            IntStream.range(0, worths.length).filter(row -> row % FOLDS == fold).parallel()
                    .forEach(row -> worths[row] = others.worth(rows.get(row).vector(), rows.get(row).text()));
        }
        return worths;
    }

    /** What the strong model is worth for each of these requests: for their order, it has no unit. */
    public double[] worths(List<Labelled> rows) {
        return rows.parallelStream().mapToDouble(row -> past.worth(row.vector(), row.text())).toArray();
    }

    /**
     * -1 to 1: the strong model's probability to be right, less the weak one's, as seen on requests of such a worth.
     *
     * @throws IllegalArgumentException for a vector of other dimensions than those of the encoder it was fitted with
     */
    public double gain(Int8Vector vector, String text) {
        return ranks.gain(ranks.share(past.worth(vector, text)));
    }

    /** 0 to 1: the share of the requests it was fitted on that gain less. The strong model gets a tenth of such requests from 0.9 on. */
    public double complexity(double gain) {
        return ranks.shareOfGain(gain);
    }

    /** The gain that this share of the requests it was fitted on does not reach: what {@link #complexity} makes of it is the share again. */
    double gainOf(double complexity) {
        return ranks.gain(complexity);
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
        return GainFile.read(from);
    }

    /** Writes what {@link #read} reads; closes the stream. */
    public void write(OutputStream to) throws IOException {
        GainFile.write(to, past, ranks);
    }
}
