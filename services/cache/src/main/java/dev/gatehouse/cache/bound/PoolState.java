package dev.gatehouse.cache.bound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.SplittableRandom;

/**
 * What is known of one pool: labels and candidates by score, requests, and a record of each entry that was compared. The threshold is the
 * lowest score from which on the wrong answers that are to be expected, had all candidates so far been decided by it, keep the target.
 * Thread-safe.
 */
final class PoolState {

    private static final int ENTRIES = 20_000;
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
    // How far the records of an entry may move its scores: the square of 1.5 log odds.
    private static final double ENTRY_VARIANCE = 1.5 * 1.5;
    private static final double START = 3;

    /** An entry's own labels: what they say beyond the score, and how much that is. */
    private record Entry(double surprise, double information) {
        static final Entry NEW = new Entry(0, 0);

        double offset() {
            return surprise / (information + 1 / ENTRY_VARIANCE);
        }
    }

    private final Target target;
    private final Lexicon lexicon = new Lexicon();
    private final double[] right = new double[Scale.BINS];
    private final double[] wrong = new double[Scale.BINS];
    private final double[] candidates = new double[Scale.BINS];
    private final Cache<String, Entry> entries = Caffeine.newBuilder().maximumSize(ENTRIES).executor(Runnable::run).build();
    private long requests;
    private long hits;
    private long exact;
    private long labels;
    private double expectedWrong;
    private Recalibration line;
    private int first;

    PoolState(Target target) {
        this.target = target;
        fit();
    }

    private double offset(String entry) {
        Entry known = entries.getIfPresent(entry);
        return known == null ? 0 : known.offset();
    }

    /** The verifier's score as log odds, moved by what the words in which the two differ have meant here. */
    private double logOdds(Candidate candidate) {
        return Scale.logOdds(candidate.judgement().score()) + lexicon.shift(candidate.judgement().traits());
    }

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
        if (requests < COUNTED) {
            return 1 - Scale.probability(line.mean(score) + offset(entry)) <= ALONE * target.share();
        }
        return first < Scale.BINS && line.lower(score) + offset(entry) >= line.lower(Scale.middle(first));
    }

    /** As good as random, and the same until the next request. */
    private double share() {
        return new SplittableRandom(requests).nextDouble();
    }

    private double aim() {
        double grown = Math.min(1, labels / GROWN);
        return target.share() * Math.min(YOUNG + (1 - YOUNG) * grown, margin(target.share()));
    }

    /** The part of the target that may be expected of a window so that chance alone hardly exceeds it: the mean of a Poisson count. */
    private static double margin(double share) {
        double most = share * WINDOW;
        double root = (Math.sqrt(DEVIATIONS * DEVIATIONS + 4 * most) - DEVIATIONS) / 2;
        return root * root / most;
    }

    synchronized void asked(Seen seen) {
        requests++;
        switch (seen) {
            case Seen.Exact _ -> {
                exact++;
                hits++;
            }
            case Seen.Near near -> candidates[Scale.bin(logOdds(near.candidate()) + offset(near.entry()))]++;
            case Seen.Nothing _ -> { }
        }
        if (requests % FIT_EVERY_REQUESTS == 0) {
            fit();
        }
    }

    synchronized void served(String entry, Candidate candidate) {
        hits++;
        double score = logOdds(candidate);
        expectedWrong += 1 - Scale.probability(line.mean(score) + offset(entry));
    }

    synchronized void learn(String entry, Candidate candidate, boolean isRight) {
        double score = logOdds(candidate);
        (isRight ? right : wrong)[Scale.bin(score)]++;
        double expected = Scale.probability(line.mean(score));
        Entry before = entries.get(entry, unknown -> Entry.NEW);
        entries.put(entry, new Entry(before.surprise() + (isRight ? 1 : 0) - expected, before.information() + expected * (1 - expected)));
        labels++;
        compared(candidate, isRight);
        if (labels % FIT_EVERY_LABELS == 0) {
            fit();
        }
    }

    synchronized void compared(Candidate candidate, boolean isRight) {
        lexicon.learn(candidate.judgement().traits(), logOdds(candidate), isRight);
    }

    private void fit() {
        line = Recalibration.of(right, wrong, line == null ? START : Scale.middle(Math.min(first, Scale.BINS - 1)));
        first = lowestBin();
    }

    private int lowestBin() {
        double expected = 0;
        double found = exact;
        int lowest = Scale.BINS;
        for (int bin = Scale.BINS - 1; bin >= 0; bin--) {
            expected += candidates[bin] * line.wrong(bin);
            found += candidates[bin];
            if (expected <= aim() * (target.overHits() ? found : requests)) {
                lowest = bin;
            } else if (candidates[bin] > 0) {
                break;
            }
        }
        return lowest;
    }

    synchronized Estimate estimate() {
        return new Estimate(requests, hits, labels, expectedWrong, minimum());
    }

    private double minimum() {
        if (requests < COUNTED) {
            return Scale.probability(line.scoreOf(Scale.logOdds(1 - ALONE * target.share())));
        }
        return first >= Scale.BINS ? 1 : Scale.probability(Scale.middle(first));
    }
}
