package dev.gatehouse.cache.bound;

/**
 * Serves from a score on, whatever was learnt.
 *
 * @param minimumScore 0 to 1
 */
public record FixedBound(double minimumScore) implements Bound {

    @Override
    public Decision decide(Pool pool, String entry, Candidate best) {
        boolean sure = best.judgement().veto().isEmpty() && best.judgement().score() >= minimumScore;
        return sure ? new Decision.Serve() : new Decision.Refuse();
    }

    @Override
    public double threshold(Pool pool) {
        return minimumScore;
    }

    @Override
    public void asked(Pool pool, Seen seen) {
        // what is fixed counts nothing
    }

    @Override
    public void served(Pool pool, String entry, Candidate candidate) {
        // what is fixed counts nothing
    }

    @Override
    public void learn(Pool pool, String entry, Candidate candidate, boolean right) {
        // what is fixed learns nothing
    }

    @Override
    public Estimate estimate(String policy) {
        return new Estimate(0, 0, 0, 0, minimumScore);
    }
}
