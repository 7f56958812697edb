package dev.gatehouse.state.health;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.health.Report.Trial;
import dev.gatehouse.state.health.Standing.Circuit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The health of subjects as a request path asks it: from a view in this process, never waiting for the store. A thread of its own
 * brings outcomes to the store and the view up to date, every {@code refresh}, and at once after a failure and for a trial. While the
 * store is away this replica decides by what it sees itself.
 *
 * <p>Staleness: another replica's open circuit is known here after {@code refresh} and the store's answer, at most.
 */
public final class SharedHealth implements AutoCloseable {

    /** Told when the use of the shared store ends and when it begins again. */
    public interface LossListener {

        /** @param reason holds neither keys nor values */
        void lost(String reason);

        void found();
    }

    /** A subject that nobody asked for or reported to for so long is no longer looked after. */
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long MAX_ALONE = 10_000;

    private final String replica = UUID.randomUUID().toString();
    private final HealthStore store;
    private final HealthStore alone = new MemoryHealthStore(MAX_ALONE);
    private final Duration refresh;
    private final LossListener listener;
    private final Map<Key, Watched> watched = new ConcurrentHashMap<>();
    private final Semaphore wake = new Semaphore(0);
    private final Thread courier;
    private volatile boolean lost;
    private volatile boolean closed;

    /**
     * @param refresh  how often the view is brought up to date, e.g. 250 ms
     * @param listener told of each loss of the store
     */
    public SharedHealth(HealthStore store, Duration refresh, LossListener listener) {
        this.store = store;
        this.refresh = refresh;
        this.listener = listener;
        this.courier = Thread.ofVirtual().name("health-courier").start(this::carry);
    }

    /** How the subject stands, as far as it is known here. Where it is half open and not granted, a trial is asked for. */
    public Standing standing(Key subject, CircuitRules rules) {
        Watched one = watched(subject);
        Standing standing = one.standing(rules);
        if (standing.circuit() == Circuit.HALF_OPEN && !standing.granted() && one.wantTrial()) {
            wake.release();
        }
        return standing;
    }

    /**
     * Takes the right to send one request: always where the circuit is closed, once where a trial is granted. What becomes of a request
     * that is a trial has to be reported with {@link Permit#trial()}.
     */
    public Permit permit(Key subject, CircuitRules rules) {
        return watched(subject).permit(rules);
    }

    /**
     * @param given whether the circuit lets this request through
     * @param trial whether it is the one that tries the subject
     */
    public record Permit(boolean given, boolean trial) {}

    /** A request went well. */
    public void succeeded(Key subject, CircuitRules rules, boolean trial) {
        if (watched(subject).add(rules, true, Duration.ZERO, trial ? Trial.PASSED : Trial.NONE)) {
            wake.release();
        }
    }

    /** A request failed. @param pause how long the subject asked to be left alone; zero if it did not */
    public void failed(Key subject, CircuitRules rules, boolean trial, Duration pause) {
        if (watched(subject).add(rules, false, pause, trial ? Trial.FAILED : Trial.NONE)) {
            wake.release();
        }
    }

    /** The subject asked to be left alone, which is no failure of its. */
    public void paused(Key subject, CircuitRules rules, boolean trial, Duration pause) {
        watched(subject).pause(rules, pause, trial ? Trial.FAILED : Trial.NONE);
        wake.release();
    }

    /** A request that was a trial told nothing. */
    public void trialIsVoid(Key subject, CircuitRules rules) {
        watched(subject).pause(rules, Duration.ZERO, Trial.VOID);
        wake.release();
    }

    /** Whether the store is away. */
    public boolean isLost() {
        return lost;
    }

    @Override
    public void close() {
        closed = true;
        courier.interrupt();
    }

    private Watched watched(Key subject) {
        return watched.computeIfAbsent(subject, Watched::new);
    }

    private void carry() {
        while (!closed) {
            try {
                wake.tryAcquire(refresh.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                exchange();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void exchange() {
        watched.values().removeIf(Watched::isIdle);
        List<Watched> all = List.copyOf(watched.values()).stream().filter(Watched::isKnown).toList();
        if (all.isEmpty()) {
            return;
        }
        List<Report> reports = new ArrayList<>(all.size());
        all.forEach(one -> reports.add(one.take()));
        List<Standing> standings = exchange(reports);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).stands(standings.get(i));
        }
    }

    private List<Standing> exchange(List<Report> reports) {
        List<Standing> seenHere = alone.exchange(replica, reports);
        try {
            List<Standing> standings = store.exchange(replica, reports);
            found();
            return standings;
        } catch (StateUnavailable e) {
            lost(e.getMessage());
            return seenHere;
        }
    }

    private void lost(String reason) {
        if (!lost) {
            lost = true;
            listener.lost(reason);
        }
    }

    private void found() {
        if (lost) {
            lost = false;
            listener.found();
        }
    }

    /** One subject as this replica knows it, and what it has still to tell of it. */
    private static final class Watched {

        private final Key subject;
        private CircuitRules rules;
        private Standing standing = Standing.UNKNOWN;
        private long stoodAt = System.nanoTime();
        private long usedAt = System.nanoTime();
        private int successes;
        private int failures;
        private int latest;
        private Duration pause = Duration.ZERO;
        private Trial trial = Trial.NONE;
        private boolean trialUsed;

        private Watched(Key subject) {
            this.subject = subject;
        }

        private synchronized void uses(CircuitRules by) {
            rules = by;
            usedAt = System.nanoTime();
        }

        synchronized boolean isKnown() {
            return rules != null;
        }

        synchronized boolean isIdle() {
            return System.nanoTime() - usedAt > IDLE.toNanos() && successes + failures == 0;
        }

        synchronized Standing standing(CircuitRules by) {
            uses(by);
            if (standing.circuit() != Circuit.OPEN) {
                return trialUsed ? standing.as(standing.circuit(), Duration.ZERO) : standing;
            }
            Duration left = standing.remaining().minusNanos(System.nanoTime() - stoodAt);
            return left.isPositive() ? standing.as(Circuit.OPEN, left) : standing.as(Circuit.HALF_OPEN, Duration.ZERO);
        }

        /** @return whether it has to be asked for now */
        synchronized boolean wantTrial() {
            boolean asks = trial == Trial.NONE && !trialUsed;
            trial = asks ? Trial.WANTED : trial;
            return asks;
        }

        synchronized Permit permit(CircuitRules by) {
            Standing now = standing(by);
            boolean tries = now.circuit() == Circuit.HALF_OPEN && now.granted();
            trialUsed |= tries;
            return new Permit(now.circuit() == Circuit.CLOSED || tries, tries);
        }

        /** @return whether the store has to be told at once */
        synchronized boolean add(CircuitRules by, boolean well, Duration asked, Trial became) {
            boolean urgent = became != Trial.NONE || asked.isPositive() || (!well || latest > 0) && standing.circuit() == Circuit.CLOSED;
            successes += well ? 1 : 0;
            failures += well ? 0 : 1;
            latest = well ? 0 : latest + 1;
            pause(by, asked, became);
            return urgent;
        }

        synchronized void pause(CircuitRules by, Duration asked, Trial became) {
            uses(by);
            pause = asked.compareTo(pause) > 0 ? asked : pause;
            trial = became == Trial.NONE ? trial : became;
        }

        synchronized Report take() {
            Report report = new Report(subject, rules, successes, failures, latest, pause, trial);
            successes = failures = latest = 0;
            pause = Duration.ZERO;
            trial = Trial.NONE;
            return report;
        }

        synchronized void stands(Standing now) {
            standing = now;
            stoodAt = System.nanoTime();
            trialUsed &= now.circuit() == Circuit.HALF_OPEN && now.granted();
        }
    }
}
