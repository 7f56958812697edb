package dev.gatehouse.router.gain;

import java.util.Arrays;

/**
 * Keeps the share of strong calls that an operator set, on the traffic as it is: a request gets the strong model where it gains more than the
 * rest of the last {@value #WINDOW} requests did, whatever the model was fitted on. It begins with the requests of the fitting. In no
 * {@value #WINDOW} requests are there more than a tenth above the share, not even while traffic turns harder. Thread-safe; takes microseconds.
 */
public final class StrongShare {

    private static final int WINDOW = 1_000;
    /** So many requests of the fitting stand in for traffic that is not yet seen. */
    private static final int EXPECTED = 200;
    private static final double MOST = 1.1;

    private final double share;
    private final double[] gains = new double[WINDOW];
    private final boolean[] strong = new boolean[WINDOW];
    private int filled = EXPECTED;
    private int next = EXPECTED;
    private int strongCalls;

    /** @param share of the requests that are asked for, 0 to 1 */
    public StrongShare(double share, GainModel model) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of " + share + ", not 0 to 1");
        }
        this.share = share;
        // Turn about between small and large ones, so that none of a kind leave first.
        for (int i = 0; i < EXPECTED; i++) {
            double rank = (i * 73 % EXPECTED + 0.5) / EXPECTED;
            gains[i] = model.gainOf(rank);
            strong[i] = rank > 1 - share;
            strongCalls += strong[i] ? 1 : 0;
        }
    }

    /** Whether a request that gains so much gets the strong model; it counts among the last ones from now on. */
    public synchronized boolean admits(double gain) {
        boolean admitted = wouldAdmit(gain);
        strongCalls += (admitted ? 1 : 0) - (filled == WINDOW && strong[next] ? 1 : 0);
        gains[next] = gain;
        strong[next] = admitted;
        next = (next + 1) % WINDOW;
        filled = Math.min(WINDOW, filled + 1);
        return admitted;
    }

    /** Whether it would now; changes nothing. */
    public synchronized boolean wouldAdmit(double gain) {
        double most = share * filled;
        long above = Arrays.stream(gains, 0, filled).filter(seen -> seen > gain).count();
        long same = Arrays.stream(gains, 0, filled).filter(seen -> seen == gain).count();
        // Of those that gain the same some get it: as many as the share leaves.
        return above + same < most ? strongCalls < MOST * most : above < most && strongCalls < most;
    }
}
