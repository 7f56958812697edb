package dev.gatehouse.cache.bound;

import dev.gatehouse.cache.verify.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/** Requests of which half are asked again word by word and a third come near an earlier question, each right as often as its true log odds say. */
final class Traffic {

    static final int WINDOW = 4_000;

    private final Pool pool;
    private final long seed;
    private final IntFunction<Bound> replicas;
    private final DoubleUnaryOperator believed;

    private Traffic(Pool pool, long seed, IntFunction<Bound> replicas, DoubleUnaryOperator believed) {
        this.pool = pool;
        this.seed = seed;
        this.replicas = replicas;
        this.believed = believed;
    }

    /** @param replicas which bound decides a request, by its number */
    Traffic(Pool pool, long seed, IntFunction<Bound> replicas) {
        this(pool, seed, replicas, odds -> odds);
    }

    /** The same, judged by a verifier that believes these log odds, of the true ones. */
    Traffic believing(DoubleUnaryOperator otherwise) {
        return new Traffic(pool, seed, replicas, otherwise);
    }

    /** @param windows wrong answers in each window */
    record Run(int hits, int wrong, List<Integer> windows) {}

    Run run(int requests) {
        Random random = new Random(seed);
        int hits = 0;
        List<Integer> windows = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            if (i % WINDOW == 0) {
                windows.add(0);
            }
            Bound bound = replicas.apply(i);
            double kind = random.nextDouble();
            double odds = 1.5 + 2.5 * random.nextGaussian();
            boolean right = random.nextDouble() < Scale.probability(odds);
            String entry = "e" + random.nextInt(2_000);
            if (kind < 0.5) {
                bound.asked(pool, new Seen.Exact());
                hits++;
            } else if (kind < 0.83) {
                Candidate candidate = candidate(Scale.probability(believed.applyAsDouble(odds)));
                Decision decision = bound.decide(pool, entry, candidate);
                bound.asked(pool, new Seen.Near(entry, candidate));
                if (decision instanceof Decision.Serve) {
                    bound.served(pool, entry, candidate);
                    hits++;
                    windows.set(windows.size() - 1, windows.getLast() + (right ? 0 : 1));
                } else {
                    bound.learn(pool, entry, candidate, right);
                }
            } else {
                bound.asked(pool, new Seen.Nothing());
            }
        }
        return new Run(hits, windows.stream().mapToInt(Integer::intValue).sum(), windows);
    }

    /** Hits of the best threshold over 20,000 requests of this traffic, exact ones too. */
    static int best(double share, long seed) {
        Random random = new Random(seed);
        List<double[]> near = new ArrayList<>();
        int exact = 0;
        for (int i = 0; i < 20_000; i++) {
            double kind = random.nextDouble();
            double odds = 1.5 + 2.5 * random.nextGaussian();
            double wrong = random.nextDouble() < Scale.probability(odds) ? 0 : 1;
            random.nextInt(2_000);
            exact += kind < 0.5 ? 1 : 0;
            if (kind >= 0.5 && kind < 0.83) {
                near.add(new double[] {odds, wrong});
            }
        }
        near.sort((one, other) -> Double.compare(other[0], one[0]));
        double wrong = 0;
        int served = 0;
        while (served < near.size() && wrong + near.get(served)[1] <= share * 20_000) {
            wrong += near.get(served++)[1];
        }
        return exact + served;
    }

    static Candidate candidate(double score) {
        return new Candidate(new Judgement(score, Optional.empty()), 0.95);
    }
}
