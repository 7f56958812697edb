package dev.gatehouse.state.limit;

import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this replica holds of one bucket: a reservation in the shared store from which it takes by itself, and how hot the bucket is.
 * Thread-safe; never calls the store.
 */
final class Lease {

    /**
     * A reservation in the store.
     *
     * @param level       of the bucket just after it
     * @param drawnNanos  just before it was asked for
     * @param windowNanos when the window ends in which it was made; what is given back later belongs to nobody
     */
    record Drawn(ReservationId id, Claim claim, Level level, long drawnNanos, long windowNanos) {

        static Drawn of(ReservationId id, Claim claim, Level level, long drawnNanos) {
            boolean refills = claim.bucket().algorithm() instanceof TokenBucket;
            long millis = refills ? FOREVER.toMillis() : Math.min(level.fullInMillis(), FOREVER.toMillis());
            return new Drawn(id, claim, level, drawnNanos, drawnNanos + Duration.ofMillis(millis).toNanos());
        }

        boolean isOver(long now) {
            return windowNanos - now <= 0;
        }
    }

    /** Something to tell the store: what was used of a reservation, or what is owed to a bucket (taken away if negative). */
    sealed interface Due {
        record Used(Drawn drawn, long amount) implements Due {}

        record Owed(Bucket bucket, long amount) implements Due {}
    }

    // Of a window that outlives every lease, and of no window.
    private static final Duration FOREVER = Duration.ofDays(1);
    // A lease of fewer calls would cost more than it saves.
    private static final int WORTH_CALLS = 4;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LeaseOptions options;
    private final long term;
    private Drawn drawn;
    private long left;
    private long lastUse;
    private boolean drawing;
    private long owed;
    private Bucket owing;
    private long secondBegan = System.nanoTime();
    private int calls;

    Lease(LeaseOptions options) {
        this.options = options;
        this.term = options.term().toNanos();
    }

    /** Takes an amount for now, if there is as much. @return of what it was taken */
    synchronized Optional<Drawn> take(Bucket bucket, long amount, long now) {
        if (drawn == null || amount > left || isEnded(now) || !drawn.claim().bucket().algorithm().equals(bucket.algorithm())) {
            return Optional.empty();
        }
        left -= amount;
        lastUse = now;
        return Optional.of(drawn);
    }

    private boolean isEnded(long now) {
        return now - drawn.drawnNanos() >= term || drawn.isOver(now);
    }

    /** Gives back what was taken and not used, or asks for more than was taken if negative. */
    synchronized void give(Drawn from, long amount, long now) {
        if (amount == 0 || from.isOver(now)) {
            return;
        }
        if (drawn != null && !drawn.isOver(now)) {
            left += amount;
        } else {
            owed += amount;
            owing = from.claim().bucket();
        }
    }

    /** How full the bucket is, as this replica knows it. */
    synchronized Level level(Drawn from, long now) {
        Level then = from.level();
        long used = from == drawn ? from.claim().estimate() - left : from.claim().estimate();
        long passed = Duration.ofNanos(now - from.drawnNanos()).toMillis();
        return new Level(then.limit(), then.used() + used, Math.max(0, then.reserved() - from.claim().estimate()), Math.max(0, then.fullInMillis() - passed), 0);
    }

    /** Whether it is time to draw anew: most is used, or the term nears its end. Whoever is told so must draw, or {@link #cancel}. */
    synchronized boolean wantsMore(long now) {
        boolean wants = !drawing && drawn != null && (left < drawn.claim().estimate() / 4 || now - drawn.drawnNanos() > term * 3 / 4);
        drawing |= wants;
        return wants;
    }

    /** Counts a call that the store had to answer. @return whether there should be a lease; whoever is told so must draw, or cancel */
    synchronized boolean heats(long now) {
        if (now - secondBegan > SECOND) {
            secondBegan = now;
            calls = 0;
        }
        boolean wants = ++calls >= options.hot() && !drawing;
        drawing |= wants;
        return wants;
    }

    /** What to draw when so much remains; 0 if it is not worth it. */
    long size(long remaining, long amount) {
        long size = options.size(remaining);
        return size >= WORTH_CALLS * Math.max(1, amount) ? size : 0;
    }

    synchronized void cancel() {
        drawing = false;
    }

    /** Takes from a new one now. @return what to tell of the one before */
    synchronized List<Due> use(Drawn next) {
        List<Due> due = end();
        drawn = next;
        left = next.claim().estimate();
        drawing = false;
        return due;
    }

    /** What to tell if it has ended, or was not used for a term; and what is owed. */
    synchronized List<Due> sweep(long now) {
        boolean idle = drawn != null && (isEnded(now) || now - lastUse > term);
        return idle ? end() : owed();
    }

    /** Holds nothing any more. @return what to tell */
    synchronized List<Due> end() {
        List<Due> due = new ArrayList<>(owed());
        if (drawn != null) {
            long used = drawn.claim().estimate() - left;
            due.addFirst(new Due.Used(drawn, Math.max(0, used)));
            if (used < 0) {
                due.add(new Due.Owed(drawn.claim().bucket(), used));
            }
        }
        drawn = null;
        left = 0;
        return due;
    }

    private List<Due> owed() {
        if (owed == 0) {
            return List.of();
        }
        Due due = new Due.Owed(owing, -owed);
        owed = 0;
        return List.of(due);
    }

    /** Forgets all: the bucket was reset. */
    synchronized void forget() {
        drawn = null;
        left = 0;
        owed = 0;
    }
}
