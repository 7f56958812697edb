package dev.gatehouse.cache.bound;

import dev.gatehouse.state.sum.Sum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is known of one pool: labels and candidates by score, requests, and a record of each entry that was compared. The threshold is the
 * lowest score from which on the wrong answers that are to be expected, had all candidates so far been decided by it, keep the target.
 * Thread-safe.
 */
final class PoolState {

    private static final int FIT_EVERY_LABELS = 25;
    private static final int FIT_EVERY_REQUESTS = 200;
    // Until so many labels are known half the target is aimed at, growing to the whole.
    private static final double GROWN = 500;
    private static final double YOUNG = 0.5;
    // The target holds in windows of so many requests too, but for chance beyond so many standard deviations.
    private static final double WINDOW = 4_000;
    private static final double DEVIATIONS = 3;
    // Before so many requests there is no telling how many come near; each is then judged alone, and may be wrong twice as likely as
    // all of them together, which most requests are not.
    private static final int COUNTED = 200;
    private static final double ALONE = 2;
    // When so many requests are counted all counts are halved, so that traffic which has changed is seen.
    static final double FADING = 200_000;
    // Of what is to be told and cannot be: without these many more it is enough.
    private static final int MOST_UNTOLD = 1 << 15;
    private static final double START = 3;

    private final Target target;
    private final boolean shared;
    private Evidence known = new Evidence();
    private Map<Long, Sum> untold = new HashMap<>();
    private long requestsHere;
    private long labelsHere;
    private Recalibration line;
    private int first;

    /** @param shared whether other replicas are to be told what is learnt here */
    PoolState(Target target, boolean shared) {
        this.target = target;
        this.shared = shared;
        fit();
    }

    // --- what is known

    private void add(long id, double first, double second) {
        known.add(id, first, second);
        if (shared && (untold.size() < MOST_UNTOLD || SumIds.isCount(id))) {
            untold.merge(id, new Sum(id, first, second), (one, other) -> new Sum(id, one.first() + other.first(), one.second() + other.second()));
        }
    }

    private void count(int id) {
        add(id, 1, 0);
    }

    /** What was learnt since it was last taken. */
    synchronized List<Sum> takeUntold() {
        List<Sum> taken = List.copyOf(untold.values());
        untold = new HashMap<>();
        return taken;
    }

    synchronized boolean hasUntold() {
        return !untold.isEmpty();
    }

    /** All that is known, told by others or not; nothing is untold from then on. */
    synchronized List<Sum> takeAll() {
        untold = new HashMap<>();
        return known.all();
    }

    /** What other replicas have learnt. */
    synchronized void hear(List<Sum> others) {
        others.forEach(known::add);
        fit();
    }

    /** All that is known everywhere; what is untold here comes on top. */
    void replace(List<Sum> all) {
        Evidence everywhere = new Evidence();
        all.forEach(everywhere::add);
        use(everywhere);
    }

    private synchronized void use(Evidence everywhere) {
        untold.values().forEach(everywhere::add);
        known = everywhere;
        fit();
    }

    private double offset(String entry) {
        return known.offset(entry);
    }

    private double requests() {
        return known.count(SumIds.REQUESTS);
    }

    /** The verifier's score as log odds, moved by what the words in which the two differ have meant here. */
    private double logOdds(Candidate candidate) {
        return Scale.logOdds(candidate.judgement().score()) + known.lexicon().shift(candidate.judgement().traits());
    }

    // --- what is decided

    synchronized double score(String entry, Candidate candidate) {
        return Scale.probability(logOdds(candidate) + offset(entry));
    }

    synchronized Decision decide(String entry, Candidate best) {
        if (best.judgement().veto().isPresent() || !isSure(entry, logOdds(best))) {
            return new Decision.Refuse();
        }
        return share() < target.explore() ? new Decision.Explore() : new Decision.Serve();
    }

    private boolean isSure(String entry, double score) {
        if (requests() < COUNTED) {
            return 1 - Scale.probability(line.mean(score) + offset(entry)) <= ALONE * target.share();
        }
        return first < Scale.BINS && line.lower(score) + offset(entry) >= line.lower(Scale.middle(first));
    }

    /** As good as random, and the same until the next request. */
    private double share() {
        return new SplittableRandom((long) requests()).nextDouble();
    }

    private double aim() {
        double grown = Math.min(1, known.count(SumIds.LABELS) / GROWN);
        return target.share() * Math.min(YOUNG + (1 - YOUNG) * grown, margin(target.share()));
    }

    /** The part of the target that may be expected of a window so that chance alone hardly exceeds it: the mean of a Poisson count. */
    private static double margin(double share) {
        double most = share * WINDOW;
        double root = (Math.sqrt(DEVIATIONS * DEVIATIONS + 4 * most) - DEVIATIONS) / 2;
        return root * root / most;
    }

    // --- what is learnt

    synchronized void asked(Seen seen) {
        count(SumIds.REQUESTS);
        switch (seen) {
            case Seen.Exact _ -> {
                count(SumIds.EXACT);
                count(SumIds.HITS);
            }
            case Seen.Near near -> count(SumIds.CANDIDATES + Scale.bin(logOdds(near.candidate()) + offset(near.entry())));
            case Seen.Nothing _ -> { }
        }
        if (!shared && requests() >= FADING) {
            known.halveCounts();
        }
        if (++requestsHere % FIT_EVERY_REQUESTS == 0) {
            fit();
        }
    }

    synchronized void served(String entry, Candidate candidate) {
        count(SumIds.HITS);
        add(SumIds.EXPECTED_WRONG, 1 - Scale.probability(line.mean(logOdds(candidate)) + offset(entry)), 0);
    }

    synchronized void learn(String entry, Candidate candidate, boolean isRight) {
        double score = logOdds(candidate);
        count((isRight ? SumIds.RIGHT : SumIds.WRONG) + Scale.bin(score));
        double expected = Scale.probability(line.mean(score));
        add(SumIds.entry(entry), (isRight ? 1 : 0) - expected, expected * (1 - expected));
        count(SumIds.LABELS);
        compared(candidate, isRight);
        if (++labelsHere % FIT_EVERY_LABELS == 0) {
            fit();
        }
    }

    synchronized void compared(Candidate candidate, boolean isRight) {
        known.lexicon().learn(candidate.judgement().traits(), logOdds(candidate), isRight,
                (hash, weight, surprise) -> add(SumIds.word(hash), weight, surprise));
    }

    private void fit() {
        line = Recalibration.of(known.bins(SumIds.RIGHT), known.bins(SumIds.WRONG), line == null ? START : Scale.middle(Math.min(first, Scale.BINS - 1)));
        first = lowestBin();
    }

    private int lowestBin() {
        double[] candidates = known.bins(SumIds.CANDIDATES);
        double expected = 0;
        double found = known.count(SumIds.EXACT);
        int lowest = Scale.BINS;
        for (int bin = Scale.BINS - 1; bin >= 0; bin--) {
            expected += candidates[bin] * line.wrong(bin);
            found += candidates[bin];
            if (expected <= aim() * (target.overHits() ? found : requests())) {
                lowest = bin;
            } else if (candidates[bin] > 0) {
                break;
            }
        }
        return lowest;
    }

    synchronized Estimate estimate() {
        return new Estimate((long) requests(), (long) known.count(SumIds.HITS), (long) known.count(SumIds.LABELS), known.count(SumIds.EXPECTED_WRONG), minimum());
    }

    private double minimum() {
        if (requests() < COUNTED) {
            return Scale.probability(line.scoreOf(Scale.logOdds(1 - ALONE * target.share())));
        }
        return first >= Scale.BINS ? 1 : Scale.probability(Scale.middle(first));
    }
}
