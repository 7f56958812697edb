package dev.gatehouse.cache.bound;

/**
 * How right scores really are, learnt from labels: a line over log odds, fitted around the threshold, with what is not known of it taken
 * off. Scores far below the threshold say little of those above it and weigh little.
 */
final class Recalibration {

    // Before anything is known: scores are half a step too sure, as those of unseen kinds of questions have been; and how unsure that is.
    private static final double PRIOR_OFFSET = -0.7;
    private static final double PRIOR_SLOPE = 1;
    private static final double OFFSET_PRECISION = 1 / (0.8 * 0.8);
    private static final double SLOPE_PRECISION = 1 / (0.25 * 0.25);
    // How much of what is not known is taken off.
    private static final double DEVIATIONS = 1.5;
    private static final double REACH = 2.5;
    private static final double STEEPNESS = 3;
    private static final int STEPS = 12;
    private static final double LARGEST_STEP = 2;
    private static final double LEAST_SLOPE = 0.1;

    private final double[] lower = new double[Scale.BINS];
    private final double offset;
    private final double slope;

    private Recalibration(Fit fit) {
        this.offset = fit.offset;
        this.slope = fit.slope;
        double highest = Double.NEGATIVE_INFINITY;
        for (int bin = 0; bin < Scale.BINS; bin++) {
            highest = Math.max(highest, fit.mean(Scale.middle(bin)) - DEVIATIONS * fit.deviation(Scale.middle(bin)));
            lower[bin] = highest;
        }
    }

    /**
     * @param right labels by bin that said the answer is right
     * @param wrong that said it is wrong
     * @param from  the threshold so far, as log odds
     */
    static Recalibration of(double[] right, double[] wrong, double from) {
        Fit fit = new Fit(right, wrong, from - REACH);
        for (int step = 0; step < STEPS; step++) {
            fit.step();
        }
        return new Recalibration(fit);
    }

    /** The log odds that an answer of this score is right, likeliest. */
    double mean(double score) {
        return offset + slope * score;
    }

    /** The score whose answer is likeliest right by these log odds. */
    double scoreOf(double mean) {
        return (mean - offset) / slope;
    }

    /** The log odds that it is right at least, by {@value #DEVIATIONS} standard deviations. */
    double lower(double score) {
        int bin = Scale.bin(score);
        double beyond = (score - Scale.middle(bin)) * slope;
        return lower[bin] + beyond;
    }

    /** How likely it is at most, by {@value #DEVIATIONS} standard deviations, that an answer of this bin is wrong. */
    double wrong(int bin) {
        return 1 - Scale.probability(lower[bin]);
    }

    /** Newton's method for the likeliest line under the labels and what was believed before. */
    private static final class Fit {

        private final double[] weighted = new double[Scale.BINS];
        private final double[] weightedRight = new double[Scale.BINS];
        private double offset = PRIOR_OFFSET;
        private double slope = PRIOR_SLOPE;
        private double oo;
        private double os;
        private double ss;

        Fit(double[] right, double[] wrong, double from) {
            for (int bin = 0; bin < Scale.BINS; bin++) {
                double weight = Scale.probability((Scale.middle(bin) - from) * STEEPNESS);
                weightedRight[bin] = weight * right[bin];
                weighted[bin] = weight * (right[bin] + wrong[bin]);
            }
        }

        void step() {
            double gradientOffset = OFFSET_PRECISION * (PRIOR_OFFSET - offset);
            double gradientSlope = SLOPE_PRECISION * (PRIOR_SLOPE - slope);
            oo = OFFSET_PRECISION;
            os = 0;
            ss = SLOPE_PRECISION;
            for (int bin = 0; bin < Scale.BINS; bin++) {
                double x = Scale.middle(bin);
                double p = Scale.probability(mean(x));
                double error = weightedRight[bin] - weighted[bin] * p;
                double curvature = weighted[bin] * p * (1 - p);
                gradientOffset += error;
                gradientSlope += error * x;
                oo += curvature;
                os += curvature * x;
                ss += curvature * x * x;
            }
            double determinant = oo * ss - os * os;
            offset += held((ss * gradientOffset - os * gradientSlope) / determinant);
            slope = Math.max(LEAST_SLOPE, slope + held((oo * gradientSlope - os * gradientOffset) / determinant));
        }

        private static double held(double step) {
            return Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step));
        }

        double mean(double x) {
            return offset + slope * x;
        }

        /** Of the mean at this score. */
        double deviation(double x) {
            return Math.sqrt((ss - 2 * os * x + oo * x * x) / (oo * ss - os * os));
        }
    }
}
