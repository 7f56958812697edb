package dev.gatehouse.router.gain;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a worth means, by requests whose worth was told by a model that had not been fitted on them.
 *
 * @param worths those that 0, 1, ... 100 in a hundred requests do not reach
 * @param gains  what requests of such a worth gain; rising
 */
record Ranks(double[] worths, double[] gains) {

    static final int STEPS = 100;
    private static final int BINS = 20;
    /** Gains rise by so much at least, so that each has its rank. */
    private static final double RISE = 1e-6;

    static Ranks of(List<Labelled> rows, double[] worths) {
        List<Integer> order = IntStream.range(0, worths.length).boxed().sorted(Comparator.comparingDouble(i -> worths[i])).toList();
        double[] ranked = new double[STEPS + 1];
        double[] gains = new double[STEPS + 1];
        double[] bins = rising(bins(order.stream().map(rows::get).toList()));
        for (int i = 0; i <= STEPS; i++) {
            ranked[i] = worths[order.get((int) ((long) i * (order.size() - 1) / STEPS))];
            gains[i] = between(bins, (double) i / STEPS * BINS - 0.5) + i * RISE;
        }
        return new Ranks(ranked, gains);
    }

    private static double[] bins(List<Labelled> ordered) {
        double[] bins = new double[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            List<Labelled> own = ordered.subList(bin * ordered.size() / BINS, (bin + 1) * ordered.size() / BINS);
            bins[bin] = own.stream().mapToInt(Labelled::gain).average().orElse(0);
        }
        return bins;
    }

    /** The rising line nearest to them: neighbours that fall become their mean. */
    private static double[] rising(double[] bins) {
        double[] rising = bins.clone();
        for (int end = 1; end < rising.length; end++) {
            int from = end;
            double sum = rising[end];
            while (from > 0 && rising[from - 1] > sum / (end - from + 1)) {
                sum += rising[--from];
            }
            java.util.Arrays.fill(rising, from, end + 1, sum / (end - from + 1));
        }
        return rising;
    }

    /** The share of requests that are worth less, 0 to 1. */
    double share(double worth) {
        return place(worths, worth) / STEPS;
    }

    /** As {@link #share}, by a gain. */
    double shareOfGain(double gain) {
        return place(gains, gain) / STEPS;
    }

    /** The gain of a request that this share of the others is worth less than. */
    double gain(double share) {
        return between(gains, share * STEPS);
    }

    private static double place(double[] rising, double value) {
        int above = 0;
        while (above < rising.length && rising[above] <= value) {
            above++;
        }
        if (above == 0 || above == rising.length) {
            return above == 0 ? 0 : STEPS;
        }
        return above - 1 + (value - rising[above - 1]) / (rising[above] - rising[above - 1]);
    }

    private static double between(double[] values, double at) {
        double place = Math.clamp(at, 0, values.length - 1);
        int below = Math.min(values.length - 2, (int) place);
        return values[below] + (place - below) * (values[below + 1] - values[below]);
    }
}
