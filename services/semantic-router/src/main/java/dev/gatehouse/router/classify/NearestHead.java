package dev.gatehouse.router.classify;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.classify.Classification.Near;
import dev.gatehouse.router.classify.Classification.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A route's score is the mean of its nearest example and of its examples' mean direction; negative examples that are nearer than any
 * positive one take it away. Thresholds are what nine of ten of a route's own examples reach when each is left out in turn.
 */
public final class NearestHead implements Head {

    private static final double REACHED_BY = 0.9;
    private static final double STANDARD = 0.7;
    private static final int NEAREST = 5;

    private final List<Example> examples;
    private final Map<String, float[]> sums;
    private final Map<String, Double> thresholds = new HashMap<>();

    /**
     * @param examples of all routes, in the order in which the policy lists them
     * @param fixed    thresholds that the policy sets itself
     */
    public NearestHead(List<Example> examples, Map<String, Double> fixed) {
        this.examples = List.copyOf(examples);
        this.sums = sums(examples);
        sums.keySet().forEach(route -> thresholds.put(route, fixed.getOrDefault(route, fitted(route))));
    }

    private static Map<String, float[]> sums(List<Example> examples) {
        Map<String, float[]> sums = new LinkedHashMap<>();
        examples.stream().filter(example -> !example.negative()).forEach(example -> sums.merge(example.route(), unit(example.vector()), NearestHead::sum));
        return sums;
    }

    @Override
    public Classification classify(Int8Vector vector, String text) {
        double[] cosines = examples.stream().mapToDouble(example -> example.vector().cosine(vector)).toArray();
        List<Scored> candidates = new ArrayList<>();
        Map<String, Double> best = best(cosines, false, OptionalInt.empty());
        Map<String, Double> against = best(cosines, true, OptionalInt.empty());
        float[] asked = unit(vector);
        best.forEach((route, nearest) -> {
            boolean denied = against.getOrDefault(route, -1.0) > nearest;
            candidates.add(new Scored(route, denied ? 0 : score(nearest, sums.get(route), asked)));
        });
        candidates.sort(Comparator.comparingDouble(Scored::score).reversed());
        Scored first = candidates.isEmpty() ? new Scored("", 0) : candidates.getFirst();
        return new Classification(List.copyOf(candidates), first.score(), thresholds.getOrDefault(first.route(), 1.0), nearest(cosines));
    }

    private Map<String, Double> best(double[] cosines, boolean negative, OptionalInt without) {
        Map<String, Double> best = new LinkedHashMap<>();
        for (int i = 0; i < cosines.length; i++) {
            if (examples.get(i).negative() == negative && (without.isEmpty() || without.getAsInt() != i)) {
                best.merge(examples.get(i).route(), cosines[i], Math::max);
            }
        }
        return best;
    }

    private static double score(double nearest, float[] sum, float[] asked) {
        return Math.clamp((nearest + cosine(sum, asked)) / 2, 0, 1);
    }

    private List<Near> nearest(double[] cosines) {
        List<Near> all = new ArrayList<>();
        for (int i = 0; i < cosines.length; i++) {
            if (!examples.get(i).negative()) {
                all.add(new Near(examples.get(i).route(), examples.get(i).text(), cosines[i]));
            }
        }
        return all.stream().sorted(Comparator.comparingDouble(Near::cosine).reversed()).limit(NEAREST).toList();
    }

    private double fitted(String route) {
        List<Example> own = examples.stream().filter(example -> example.route().equals(route) && !example.negative()).toList();
        if (own.size() < 3) {
            return STANDARD;
        }
        double[] reached = own.stream().mapToDouble(left -> leftOut(left, own)).sorted().toArray();
        return reached[(int) Math.floor((1 - REACHED_BY) * reached.length)];
    }

    private double leftOut(Example left, List<Example> own) {
        List<Example> others = own.stream().filter(example -> example != left).toList();
        double nearest = others.stream().mapToDouble(example -> example.vector().cosine(left.vector())).max().orElse(0);
        float[] sum = others.stream().map(example -> unit(example.vector())).reduce(NearestHead::sum).orElseThrow();
        return score(nearest, sum, unit(left.vector()));
    }

    private static float[] unit(Int8Vector vector) {
        float[] floats = vector.floats();
        double length = Math.sqrt(dot(floats, floats));
        for (int i = 0; i < floats.length; i++) {
            floats[i] /= (float) length;
        }
        return floats;
    }

    private static float[] sum(float[] one, float[] other) {
        float[] sum = new float[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = one[i] + other[i];
        }
        return sum;
    }

    private static double cosine(float[] sum, float[] unit) {
        return dot(sum, unit) / Math.sqrt(dot(sum, sum));
    }

    private static double dot(float[] one, float[] other) {
        double dot = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
        }
        return dot;
    }
}
