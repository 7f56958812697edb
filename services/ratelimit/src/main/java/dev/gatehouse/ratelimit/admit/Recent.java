package dev.gatehouse.ratelimit.admit;

import java.util.OptionalLong;

/**
 * A histogram of lengths in which the past fades: steps of 15 %, each new value weighs 2 % more than the one before. Thread-safe.
 */
final class Recent {

    private static final double STEP = Math.log(1.15);
    /** Up to 10 million tokens. */
    private static final int STEPS = 117;
    private static final double QUANTILE = 0.9;
    private static final double GROWTH = 1 / 0.98;
    private static final double RESCALE = 1e12;
    /** With fewer values, one answer would speak for all. */
    private static final int FEW = 5;

    private final float[] weights = new float[STEPS];
    private double next = 1;
    private int seen;

    synchronized void add(long value) {
        weights[step(value)] += (float) next;
        next *= GROWTH;
        seen = Math.min(seen + 1, FEW);
        if (next > RESCALE) {
            rescale();
        }
    }

    /** What 9 of 10 values do not exceed, at most 15 % too much; empty while little is known. */
    synchronized OptionalLong usual() {
        if (seen < FEW) {
            return OptionalLong.empty();
        }
        double above = total() * (1 - QUANTILE);
        int step = STEPS - 1;
        while (step > 0 && weights[step] <= above) {
            above -= weights[step--];
        }
        return OptionalLong.of((long) Math.ceil(Math.exp((step + 1) * STEP)) - 1);
    }

    private double total() {
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        return total;
    }

    private void rescale() {
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) next;
        }
        next = 1;
    }

    private static int step(long value) {
        return Math.clamp((long) (Math.log(Math.max(0, value) + 1) / STEP), 0, STEPS - 1);
    }
}
