package dev.gatehouse.router.gain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How well an order of requests spends strong calls.
 *
 * @param weak    share that the weak model answers rightly
 * @param strong  and the strong one
 * @param apgr    of the gap between them, what is won on average over all shares of strong calls: 0.5 by chance
 * @param forHalf share of strong calls that wins half of the gap
 * @param forMost and four fifths
 */
public record Curve(double weak, double strong, double apgr, double forHalf, double forMost) {

    private static final int DRAWS = 200;

    /** By how much the APGR would differ had other requests of the same kind been logged (standard deviation over draws with replacement). */
    static double deviation(List<Labelled> rows, double[] gains) {
        Random random = new Random(1);
        double[] drawn = IntStream.range(0, DRAWS).mapToDouble(any -> drawn(rows, gains, random.ints(gains.length, 0, gains.length).toArray()).apgr())
                .filter(Double::isFinite).toArray();
        double mean = Arrays.stream(drawn).average().orElse(0);
        return Math.sqrt(Arrays.stream(drawn).map(each -> (each - mean) * (each - mean)).average().orElse(0));
    }

    private static Curve drawn(List<Labelled> rows, double[] gains, int[] draw) {
        return of(Arrays.stream(draw).mapToObj(rows::get).toList(), Arrays.stream(draw).mapToDouble(i -> gains[i]).toArray());
    }

    /** Strong calls go to the requests with the largest gain first. */
    public static Curve of(List<Labelled> rows, double[] gains) {
        List<Labelled> order = IntStream.range(0, rows.size()).boxed().sorted(Comparator.comparingDouble((Integer i) -> -gains[i])).map(rows::get).toList();
        double weak = rows.stream().filter(Labelled::weakRight).count();
        double gap = rows.stream().filter(Labelled::strongRight).count() - weak;
        double won = 0;
        double area = 0;
        double forHalf = 1;
        double forMost = 1;
        for (int i = 0; i < order.size(); i++) {
            double before = won;
            won += (order.get(i).strongRight() ? 1 : 0) - (order.get(i).weakRight() ? 1 : 0);
            area += (before + won) / 2;
            double share = (i + 1.0) / order.size();
            forHalf = won >= gap / 2 ? Math.min(forHalf, share) : forHalf;
            forMost = won >= gap * 0.8 ? Math.min(forMost, share) : forMost;
        }
        return new Curve(weak / rows.size(), (weak + gap) / rows.size(), area / gap / rows.size(), forHalf, forMost);
    }
}
