package dev.gatehouse.router.classify;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.router.classify.Classification.Near;
import dev.gatehouse.router.classify.Classification.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Logistic regression over embeddings. A route's score is the cosine of its nearest example, plus {@value #LOG_WEIGHT} times the logarithm
 * of its class's probability; a text of none of the routes is far from all examples, or torn between classes. A route's negative examples are a
 * class of their own, which is never chosen. Each route's threshold is what {@value #REACHED} of its own examples reach when they are
 * left out, drawn to that of all routes where a route has few.
 */
public final class LinearHead implements Head {

    private static final double LOG_WEIGHT = 0.1;
    private static final double REACHED = 0.95;
    /** Nearest examples are looked for in so many of the likeliest classes: it is hardly ever in another. */
    private static final int LOOKED_AT = 10;
    /** As many examples as the other routes' word counts for in a route's threshold. */
    private static final int PRIOR = 30;
    private static final int NEAREST = 5;
    private static final double LEAST_PROBABILITY = 1e-6;

    /** A class: a route, or what only looks like it. */
    private record Kind(String route, boolean negative) {}

    private final List<Example> examples;
    private final List<Direction> directions;
    private final List<Kind> kinds;
    private final int[] labels;
    /** The examples of each class, by number. */
    private final List<int[]> members;
    private final Softmax model;
    /** By class; nothing for negative ones. */
    private final double[] thresholds;
    private final Report report;

    /**
     * Trains; takes seconds for thousands of examples.
     *
     * @param examples of all routes, in the order in which the policy lists them; at least one that is not negative
     * @param names    what routes are called, in the order of the policy: each says of its route what one example does, but is never shown,
     *                 compared with or counted in a threshold
     * @param fixed    thresholds that the policy sets itself
     */
    public LinearHead(List<Example> examples, Map<String, Int8Vector> names, Map<String, Double> fixed) {
        this.examples = List.copyOf(examples);
        this.directions = examples.stream().map(example -> Direction.of(example.vector())).toList();
        List<float[]> inputs = examples.stream().map(example -> Softmax.input(example.vector().floats())).toList();
        this.kinds = new ArrayList<>(new LinkedHashSet<>(examples.stream().map(LinearHead::kind).toList()));
        this.labels = examples.stream().mapToInt(example -> kinds.indexOf(kind(example))).toArray();
        this.members = IntStream.range(0, kinds.size()).mapToObj(this::members).toList();
        Taught named = Taught.of(names, route -> kinds.indexOf(new Kind(route, false)));
        CompletableFuture<Softmax> training = CompletableFuture.supplyAsync(() -> new Taught(inputs, labels).and(named).train(kinds.size()));
        HeldOut heldOut = new HeldOut(inputs, labels, kinds.size(), named);
        this.model = training.join();
        this.thresholds = new double[kinds.size()];
        double[] sure = IntStream.range(0, labels.length).parallel().mapToDouble(i -> sureness(heldOut, i)).toArray();
        fit(sure, fixed);
        this.report = report(heldOut, sure);
    }

    /** Without names. */
    public LinearHead(List<Example> examples, Map<String, Double> fixed) {
        this(examples, Map.of(), fixed);
    }

    private static Kind kind(Example example) {
        return new Kind(example.route(), example.negative());
    }

    private int[] members(int kind) {
        return IntStream.range(0, labels.length).filter(i -> labels[i] == kind).toArray();
    }

    @Override
    public Classification classify(Int8Vector vector, String text) {
        float[] probabilities = model.probabilities(Softmax.input(vector.floats()));
        Nearness nearness = nearness(Direction.of(vector), probabilities, -1);
        List<Scored> candidates = candidates(probabilities, nearness);
        Scored best = candidates.getFirst();
        return new Classification(candidates, best.score(), best.threshold(), nearness.examples().stream().map(this::near).toList());
    }

    private Near near(Found found) {
        return new Near(examples.get(found.example()).route(), examples.get(found.example()).text(), found.cosine());
    }

    private List<Scored> candidates(float[] probabilities, Nearness nearness) {
        List<Scored> candidates = new ArrayList<>(kinds.size());
        for (int c = 0; c < probabilities.length; c++) {
            if (!kinds.get(c).negative()) {
                candidates.add(new Scored(kinds.get(c).route(), score(nearness.cosines()[c], probabilities[c]), thresholds[c]));
            }
        }
        candidates.sort((one, other) -> Double.compare(other.score(), one.score()));
        return candidates;
    }

    private static double score(double near, double probability) {
        return Math.clamp(near + LOG_WEIGHT * Math.log(Math.max(LEAST_PROBABILITY, probability)), 0, 1);
    }

    private record Found(int example, float cosine) {}

    /**
     * @param examples the nearest of the likeliest routes, nearest first
     * @param cosines  of each class's nearest example; one that was not looked at has the least of the others'
     */
    private record Nearness(List<Found> examples, float[] cosines) {}

    /** What is near, but for one example. */
    private Nearness nearness(Direction direction, float[] probabilities, int but) {
        int[] routes = Arrays.stream(likeliest(probabilities)).filter(kind -> !kinds.get(kind).negative()).toArray();
        List<Found> best = new ArrayList<>(NEAREST + 1);
        float[] looked = new float[routes.length];
        float least = 1;
        for (int i = 0; i < routes.length; i++) {
            looked[i] = look(members.get(routes[i]), direction, but, best);
            least = Math.min(least, looked[i]);
        }
        float[] cosines = new float[kinds.size()];
        Arrays.fill(cosines, routes.length == 0 ? 0 : least);
        for (int i = 0; i < routes.length; i++) {
            cosines[routes[i]] = looked[i];
        }
        return new Nearness(best, cosines);
    }

    /** @return the cosine of the nearest of these examples; 0 where there is no other than that one */
    private float look(int[] among, Direction direction, int but, List<Found> best) {
        float most = 0;
        for (int example : among) {
            if (example != but) {
                float cosine = (float) direction.cosine(directions.get(example));
                most = Math.max(most, cosine);
                keep(example, cosine, best);
            }
        }
        return most;
    }

    private static void keep(int example, float cosine, List<Found> best) {
        if (best.size() < NEAREST || cosine > best.getLast().cosine()) {
            insert(best, new Found(example, cosine));
        }
    }

    private static void insert(List<Found> best, Found found) {
        int at = best.size();
        while (at > 0 && best.get(at - 1).cosine() < found.cosine()) {
            at--;
        }
        best.add(at, found);
        if (best.size() > NEAREST) {
            best.removeLast();
        }
    }

    private static int[] likeliest(float[] probabilities) {
        int[] likeliest = new int[Math.min(LOOKED_AT, probabilities.length)];
        boolean[] taken = new boolean[probabilities.length];
        for (int i = 0; i < likeliest.length; i++) {
            int best = -1;
            for (int c = 0; c < probabilities.length; c++) {
                best = !taken[c] && (best < 0 || probabilities[c] > probabilities[best]) ? c : best;
            }
            likeliest[i] = best;
            taken[best] = true;
        }
        return likeliest;
    }

    /** How sure it would have been of an example, had it not been one. */
    private double sureness(HeldOut heldOut, int example) {
        float[] probabilities = heldOut.probabilities(example);
        return candidates(probabilities, nearness(directions.get(example), probabilities, example)).getFirst().score();
    }

    private void fit(double[] sure, Map<String, Double> fixed) {
        double common = reached(IntStream.range(0, sure.length).filter(i -> !examples.get(i).negative()).mapToDouble(i -> sure[i]).sorted().toArray());
        for (int c = 0; c < kinds.size(); c++) {
            int kind = c;
            double[] own = IntStream.range(0, sure.length).filter(i -> labels[i] == kind).mapToDouble(i -> sure[i]).sorted().toArray();
            double drawn = (own.length * reached(own) + PRIOR * common) / (own.length + PRIOR);
            if (!kinds.get(c).negative()) {
                thresholds[c] = fixed.getOrDefault(kinds.get(c).route(), drawn);
            }
        }
    }

    private static double reached(double[] sorted) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.floor((1 - REACHED) * (sorted.length - 1))];
    }

    // --- the report

    private Report report(HeldOut heldOut, double[] sure) {
        Map<List<String>, Integer> confused = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            Kind taken = kinds.get(heldOut.best(i));
            if (!examples.get(i).negative() && !taken.equals(kind(examples.get(i)))) {
                confused.merge(List.of(examples.get(i).route(), taken.negative() ? "not " + taken.route() : taken.route()), 1, Integer::sum);
            }
        }
        List<Report.Confusion> confusions = confused.entrySet().stream()
                .map(entry -> new Report.Confusion(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
                .sorted(Comparator.comparingInt(Report.Confusion::examples).reversed()).toList();
        int[] routes = IntStream.range(0, kinds.size()).filter(kind -> !kinds.get(kind).negative()).toArray();
        return new Report(Arrays.stream(routes).boxed().collect(Collectors.toUnmodifiableMap(kind -> kinds.get(kind).route(), kind -> thresholds[kind])),
                Arrays.stream(routes).mapToObj(kind -> quality(kind, heldOut, sure)).toList(), confusions, overlaps(heldOut));
    }

    private Report.Quality quality(int kind, HeldOut heldOut, double[] sure) {
        String route = kinds.get(kind).route();
        int[] own = members.get(kind);
        int[] right = Arrays.stream(own).filter(i -> heldOut.best(i) == labels[i]).toArray();
        int negatives = (int) examples.stream().filter(example -> example.negative() && example.route().equals(route)).count();
        double threshold = thresholds[kind];
        return new Report.Quality(route, own.length, negatives, threshold, right.length, (int) Arrays.stream(right).filter(i -> sure[i] >= threshold).count());
    }

    private List<Report.Overlap> overlaps(HeldOut heldOut) {
        List<Report.Overlap> overlaps = new ArrayList<>();
        for (int i = 0; i < labels.length && overlaps.size() < Report.MOST_OVERLAPS; i++) {
            for (Found found : nearness(directions.get(i), heldOut.probabilities(i), i).examples()) {
                if (found.example() > i && found.cosine() >= Report.OVERLAP && labels[found.example()] != labels[i]) {
                    overlaps.add(overlap(examples.get(i), examples.get(found.example()), found.cosine()));
                }
            }
        }
        return overlaps.stream().limit(Report.MOST_OVERLAPS).toList();
    }

    private static Report.Overlap overlap(Example one, Example other, double cosine) {
        return new Report.Overlap(one.route(), one.text(), other.route(), other.text(), cosine);
    }

    @Override
    public Report report() {
        return report;
    }
}
