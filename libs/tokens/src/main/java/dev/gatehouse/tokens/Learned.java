package dev.gatehouse.tokens;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What reported usage teaches: by model, how many tokens a provider reports for one that was measured. Recent reports weigh more; one
 * report moves the ratio by little however far off it is. Bounded in the number of models and in the ratio.
 */
final class Learned {

    /** Clients choose names of models: no more than this many are remembered. */
    private static final int MOST_MODELS = 1_000;
    /** A report is worth this much of the new ratio. */
    private static final double WEIGHT = 0.05;
    /** One report counts as no more than this factor off the ratio so far. */
    private static final double FAR = 1.5;
    private static final double LEAST = 0.5;
    private static final double MOST = 2;
    /** Below it, what a template adds hides the ratio: shorter ones count for less, in proportion. */
    private static final long MANY = 500;

    /** In the order of their last use; the longest unused goes. */
    private final Map<String, Double> ratios = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
            return size() > MOST_MODELS;
        }
    };

    synchronized double ratio(String model) {
        return ratios.getOrDefault(model, 1.0);
    }

    synchronized void report(String model, long measured, long reported) {
        if (measured <= 0 || reported <= 0) {
            return;
        }
        double seen = (double) reported / measured;
        double weight = WEIGHT * Math.min(1, (double) measured / MANY);
        ratios.put(model, towards(ratio(model), seen, weight));
    }

    private static double towards(double old, double seen, double weight) {
        double bounded = Math.clamp(seen, old / FAR, old * FAR);
        return Math.clamp(old * Math.pow(bounded / old, weight), LEAST, MOST);
    }
}
