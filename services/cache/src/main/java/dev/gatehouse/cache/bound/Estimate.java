package dev.gatehouse.cache.bound;

/**
 * What is known of a pool.
 *
 * @param requests looked up
 * @param hits     served, exact ones too
 * @param labels   answers that were compared
 * @param wrong    wrong answers that were served, as estimated; a number, not a share
 * @param minimum  the score from which on entries without a record of their own are served, 0 to 1; 1 where none are
 */
public record Estimate(long requests, long hits, long labels, double wrong, double minimum) {

    static final Estimate NOTHING = new Estimate(0, 0, 0, 0, 1);

    /** The share of wrong answers, as estimated, of all hits or of all requests; 0 before the first. */
    public double wrongShare(boolean ofHits) {
        long whole = ofHits ? hits : requests;
        return whole == 0 ? 0 : wrong / whole;
    }

    /** Of two pools together: the higher minimum. */
    public Estimate plus(Estimate other) {
        return new Estimate(requests + other.requests, hits + other.hits, labels + other.labels, wrong + other.wrong, Math.max(minimum, other.minimum));
    }
}
