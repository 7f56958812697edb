package dev.gatehouse.state.limit;

import dev.gatehouse.state.StateUnavailable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Limits that go on being decided while the shared store is lost, in the way that each caller chooses. The first call that fails, after
 * the store's deadline at most, ends the use of the store for all: no later call waits for it. It is asked in the background whether it
 * is back; then it is told what was settled and spent without it, once each, and used again.
 *
 * <p>Bound of {@link OnLoss#LOCAL}: in a window, what the shared store had counted before, and the share of each replica, rounded up.
 * A replica whose reservations the store may have lost settles them in full.
 *
 * <p>A circuit breaker of a library counts failures and lets a caller try; here no caller may pay for the trial, and what waits must
 * be told before the first caller is let through.
 */
public final class LossTolerantLimits implements AutoCloseable {

    /** Told when the use of the shared store ends and when it begins again. Calls come from threads that decide: be quick. */
    public interface LossListener {

        /** @param reason holds neither keys nor values */
        void lost(String reason);

        void found();
    }

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final String LOST = "the shared store of limits is lost";

    private final Limits store;
    private final LossListener listener;
    private final Share share;
    private final Limits local;
    private final Unsettled unsettled;
    private final Map<OnLoss, Limits> views = new EnumMap<>(OnLoss.class);
    private volatile boolean lost;
    private volatile long lostNanos;
    private volatile long restoredNanos;
    private volatile boolean wasLost;
    private volatile boolean closed;

    /**
     * @param store    the shared one; its calls end within its deadline
     * @param replicas that share it
     * @param maxKeys  the most buckets that are decided here, and the most settlements that wait for the store
     * @param listener told of each loss
     */
    public LossTolerantLimits(Limits store, int replicas, int maxKeys, LossListener listener) {
        this.store = store;
        this.listener = listener;
        this.share = new Share(replicas);
        this.local = new MemoryLimits(maxKeys);
        this.unsettled = new Unsettled(maxKeys, share);
        views.put(OnLoss.LOCAL, new View(new Local()));
        views.put(OnLoss.OPEN, new View(new Open()));
        views.put(OnLoss.CLOSED, new View(new Closed()));
    }

    /** The limits for callers that want it so; all count in the same buckets. */
    public Limits limits(OnLoss onLoss) {
        return views.get(onLoss);
    }

    /** Whether the store is lost. */
    public boolean isLost() {
        return lost;
    }

    /** Settlements and buckets of which the store has still to be told. */
    public int waiting() {
        return unsettled.waiting();
    }

    /** What was not told since there was no room to remember it. */
    public long dropped() {
        return unsettled.dropped();
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized void lose(List<Bucket> asked, String reason) {
        if (!lost) {
            lostNanos = System.nanoTime();
            wasLost = true;
            lost = true;
            listener.lost(reason);
            // A platform thread: it must run also where decisions, which no longer wait for anything, keep all carriers busy.
            Thread.ofPlatform().daemon().name("limits-store-back").start(() -> awaitStore(asked));
        }
    }

    /** Asks for what the store failed to tell, until it tells. */
    private void awaitStore(List<Bucket> asked) {
        Duration pause = FIRST_PAUSE;
        while (!closed && !isBack(asked)) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private boolean isBack(List<Bucket> asked) {
        try {
            store.peek(asked);
            unsettled.tell(store);
        } catch (StateUnavailable e) {
            return false;
        }
        restoredNanos = System.nanoTime();
        lost = false;
        listener.found();
        tellWhatCameMeanwhile(asked);
        return true;
    }

    private void tellWhatCameMeanwhile(List<Bucket> asked) {
        try {
            unsettled.tell(store);
        } catch (StateUnavailable e) {
            lose(asked, e.getMessage());
        }
    }

    /** How a kind of caller wants it while the store is lost. Buckets are whole ones, not shares. */
    private sealed interface Alone {
        Decision reserve(ReservationId id, List<Claim> claims, Duration expiry);

        List<Settlement> settle(ReservationId id, List<Charge> charges);

        List<Level> peek(List<Bucket> buckets);

        List<Level> add(List<Hit> hits);
    }

    private final class Local implements Alone {

        @Override
        public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
            Decision decision = local.reserve(id, claims.stream().map(share::of).toList(), expiry);
            return new Decision(decision.admitted(), decision.levels().stream().map(Local::mayFitLater).toList());
        }

        /** Above the share is not above the limit. */
        private static Level mayFitLater(Level level) {
            return level.neverFits() ? new Level(level.limit(), level.used(), level.reserved(), level.fullInMillis(), Level.UNKNOWN) : level;
        }

        @Override
        public List<Settlement> settle(ReservationId id, List<Charge> charges) {
            return local.settle(id, charges.stream().map(charge -> new Charge(share.of(charge.claim()), charge.actual())).toList());
        }

        @Override
        public List<Level> peek(List<Bucket> buckets) {
            return local.peek(buckets.stream().map(share::of).toList());
        }

        @Override
        public List<Level> add(List<Hit> hits) {
            return local.add(hits.stream().map(hit -> new Hit(share.of(hit.bucket()), hit.amount())).toList());
        }
    }

    private static final class Open implements Alone {

        @Override
        public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
            return new Decision(true, peek(claims.stream().map(Claim::bucket).toList()));
        }

        @Override
        public List<Settlement> settle(ReservationId id, List<Charge> charges) {
            return charges.stream().map(charge -> new Settlement(Settlement.Outcome.NOTHING, full(charge.claim().bucket()))).toList();
        }

        @Override
        public List<Level> peek(List<Bucket> buckets) {
            return buckets.stream().map(Open::full).toList();
        }

        @Override
        public List<Level> add(List<Hit> hits) {
            return hits.stream().map(Hit::bucket).map(Open::full).toList();
        }

        private static Level full(Bucket bucket) {
            return new Level(bucket.algorithm().capacity(), 0, 0, 0, 0);
        }
    }

    private static final class Closed implements Alone {

        @Override
        public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
            throw new StateUnavailable(LOST);
        }

        @Override
        public List<Settlement> settle(ReservationId id, List<Charge> charges) {
            return new Open().settle(id, charges);
        }

        @Override
        public List<Level> peek(List<Bucket> buckets) {
            throw new StateUnavailable(LOST);
        }

        @Override
        public List<Level> add(List<Hit> hits) {
            throw new StateUnavailable(LOST);
        }
    }

    private final class View implements Limits {

        private final Alone alone;

        View(Alone alone) {
            this.alone = alone;
        }

        @Override
        public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
            List<Bucket> buckets = claims.stream().map(Claim::bucket).toList();
            return shared(buckets, () -> store.reserve(id, claims, expiry), failed -> {
                if (failed) {
                    unsettled.settleIfHeld(id, claims.stream().map(claim -> new Charge(claim, 0)).toList());
                }
                return alone.reserve(id, claims, expiry);
            });
        }

        @Override
        public List<Settlement> settle(ReservationId id, List<Charge> charges) {
            boolean suspect = wasLost && (lost || id.isMadeBefore(restoredNanos));
            if (suspect) {
                return settleSuspect(id, charges);
            }
            return shared(buckets(charges), () -> store.settle(id, charges), failed -> {
                if (failed) {
                    unsettled.settleIfHeld(id, charges);
                } else {
                    unsettled.settle(id, charges);
                }
                return alone.settle(id, charges);
            });
        }

        /** Of a reservation that was made while the store was lost, or that it may have lost. */
        private List<Settlement> settleSuspect(ReservationId id, List<Charge> charges) {
            List<Settlement> here = alone.settle(id, charges);
            return shared(buckets(charges), () -> store.settleUnknown(id, charges, id.age()), failed -> {
                if (failed || id.isMadeBefore(lostNanos)) {
                    unsettled.settle(id, charges);
                } else {
                    charges.forEach(charge -> unsettled.spend(charge.claim().bucket(), charge.actual()));
                }
                return here;
            });
        }

        private static List<Bucket> buckets(List<Charge> charges) {
            return charges.stream().map(charge -> charge.claim().bucket()).toList();
        }

        @Override
        public List<Settlement> settleUnknown(ReservationId id, List<Charge> charges, Duration age) {
            return shared(buckets(charges), () -> store.settleUnknown(id, charges, age), failed -> {
                unsettled.settle(id, charges);
                return alone.settle(id, charges);
            });
        }

        @Override
        public List<Level> peek(List<Bucket> buckets) {
            return shared(buckets, () -> store.peek(buckets), failed -> alone.peek(buckets));
        }

        @Override
        public List<Level> add(List<Hit> hits) {
            return shared(hits.stream().map(Hit::bucket).toList(), () -> store.add(hits), failed -> {
                List<Level> levels = alone.add(hits);
                hits.forEach(hit -> unsettled.spend(hit.bucket(), hit.amount()));
                return levels;
            });
        }

        @Override
        public void reset(Bucket bucket) {
            store.reset(bucket);
        }
    }

    private interface Without<T> {

        /** @param failed whether the store was asked in vain; what it did then is not known */
        T decide(boolean failed);
    }

    private <T> T shared(List<Bucket> buckets, Supplier<T> call, Without<T> without) {
        if (lost) {
            return alone(buckets, without, false);
        }
        try {
            return call.get();
        } catch (StateUnavailable e) {
            if (Thread.currentThread().isInterrupted()) {
                // The caller's own time is over; that says nothing of the store.
                throw e;
            }
            lose(buckets, e.getMessage());
            return alone(buckets, without, true);
        }
    }

    /** If the store came back meanwhile, it may have been told all but this. */
    private <T> T alone(List<Bucket> buckets, Without<T> without, boolean failed) {
        T decided = without.decide(failed);
        if (!lost) {
            Thread.startVirtualThread(() -> tellWhatCameMeanwhile(buckets));
        }
        return decided;
    }
}
