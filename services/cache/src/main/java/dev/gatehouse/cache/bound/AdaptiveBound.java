package dev.gatehouse.cache.bound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;

/**
 * A threshold for each pool that is learnt: from every fresh answer that could be compared with the nearest entry's, and from a small share of
 * would-be hits that go to the model. It decides by what this process knows; {@link SharedEvidence} brings what other replicas have learnt. What
 * pools know is never mixed: nobody can teach another tenant's cache. At most {@value #POOLS} pools are remembered; those that are least used
 * begin anew.
 */
public final class AdaptiveBound implements Bound {

    private static final int POOLS = 1_000;

    private final Cache<Pool, PoolState> pools = Caffeine.newBuilder().maximumSize(POOLS).executor(Runnable::run).build();

    private final boolean shared;

    private AdaptiveBound(boolean shared) {
        this.shared = shared;
    }

    /** One that learns by itself alone. */
    public static AdaptiveBound alone() {
        return new AdaptiveBound(false);
    }

    /** One whose lessons {@link SharedEvidence} tells to other replicas. */
    public static AdaptiveBound shared() {
        return new AdaptiveBound(true);
    }

    private PoolState state(Pool pool) {
        return pools.get(pool, known -> new PoolState(known.target(), shared));
    }

    /** All that are remembered now. */
    Map<Pool, PoolState> pools() {
        return pools.asMap();
    }

    @Override
    public Decision decide(Pool pool, String entry, Candidate best) {
        return state(pool).decide(entry, best);
    }

    @Override
    public double score(Pool pool, String entry, Candidate candidate) {
        return state(pool).score(entry, candidate);
    }

    @Override
    public double threshold(Pool pool) {
        return state(pool).estimate().minimum();
    }

    @Override
    public void compared(Pool pool, String entry, Candidate candidate, boolean right) {
        state(pool).compared(candidate, right);
    }

    @Override
    public void asked(Pool pool, Seen seen) {
        state(pool).asked(seen);
    }

    @Override
    public void served(Pool pool, String entry, Candidate candidate) {
        state(pool).served(entry, candidate);
    }

    @Override
    public void learn(Pool pool, String entry, Candidate candidate, boolean right) {
        state(pool).learn(entry, candidate, right);
    }

    @Override
    public Estimate estimate(String policy) {
        return pools.asMap().entrySet().stream().filter(known -> known.getKey().policy().equals(policy)).map(Map.Entry::getValue)
                .map(PoolState::estimate).reduce(Estimate::plus).orElse(Estimate.NOTHING);
    }
}
