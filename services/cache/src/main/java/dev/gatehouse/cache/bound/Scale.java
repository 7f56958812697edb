package dev.gatehouse.cache.bound;

/** Scores as log odds, and their bins: thirds from -8 to 8. */
final class Scale {

    static final int BINS = 49;
    private static final double LOWEST = -8;
    private static final double PER_UNIT = 3;
    private static final double SMALLEST = 1e-4;

    private Scale() {}

    /** Log odds of a probability; of certainty what one in 10,000 leaves. */
    static double logOdds(double probability) {
        double held = Math.min(Math.max(probability, SMALLEST), 1 - SMALLEST);
        return Math.log(held / (1 - held));
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    static int bin(double logOdds) {
        return (int) Math.min(BINS - 1, Math.max(0, Math.round((logOdds - LOWEST) * PER_UNIT)));
    }

    /** The middle of a bin. */
    static double middle(int bin) {
        return bin / PER_UNIT + LOWEST;
    }
}
