package dev.gatehouse.text.anomaly;

/** How much of a text repeats itself. */
final class Repetition {

    private static final int WINDOW = 8;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long OUT = power(WINDOW);

    private Repetition() {
    }

    /**
     * Share of the stretches of eight characters that occurred before. Stretches are told apart by a rolling hash in a bit table with
     * 16 bits a stretch, so that about one new stretch in 32 is taken for a known one.
     */
    static double share(String text) {
        int stretches = text.length() - WINDOW + 1;
        if (stretches < 1) {
            return 0;
        }
        int bits = Integer.highestOneBit(Math.min(stretches, 1 << 24)) * 32;
        long[] seen = new long[bits / 64];
        int repeated = 0;
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * BASE + text.charAt(i) - (i >= WINDOW ? text.charAt(i - WINDOW) * OUT : 0);
            if (i >= WINDOW - 1) {
                int bit = (int) ((hash ^ hash >>> 29) * BASE >>> 33) & (bits - 1);
                repeated += (seen[bit >> 6] >>> bit & 1) != 0 ? 1 : 0;
                seen[bit >> 6] |= 1L << bit;
            }
        }
        return (double) repeated / stretches;
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= BASE;
        }
        return power;
    }
}
