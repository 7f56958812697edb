package dev.gatehouse.state.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Limits of which this replica draws some ahead: a lease is a reservation in the shared store, from which calls on a hot bucket are
 * decided here, without asking the store. It is drawn anew before it is used up, shrinks as the bucket empties, and what was not used
 * of it goes back after its term, when it lay idle, or when this is closed. Near the limit there are no leases, and the store decides.
 *
 * <p>Bound. What is leased is reserved, so fixed and sliding windows are never exceeded by what is reserved through leases (settlements
 * above their estimate count as ever). What others hold may make one replica refuse too early: all replicas together hold at most the
 * configured share of what remained when they drew, for at most a term. A token bucket goes on refilling while leases are held, so its
 * burst may be exceeded by what is held; its rate is not. A replica that dies leaves its lease charged. What is settled after its
 * window is over is not corrected. Requests in flight are never leased, and a reservation with one claim that cannot be taken from a
 * lease goes to the store whole.
 */
public final class LeasedLimits implements Limits, AutoCloseable {

    private static final long MOST_KEYS = 100_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    /** What was taken from leases for a reservation, one for each claim. */
    private record Taken(List<Claim> claims, List<Lease.Drawn> from, long nanos) {}

    private final Limits store;
    private final LeaseOptions options;
    private final Cache<Key, Lease> leases;
    private final Cache<ReservationId, Taken> reservations;
    private volatile boolean closed;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("limits-leases").unstarted(task));

    /** @param store the shared one */
    public LeasedLimits(Limits store, LeaseOptions options) {
        this.store = store;
        this.options = options;
        this.leases = Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(FORGOTTEN).executor(Runnable::run)
                .evictionListener((Key key, Lease lease, RemovalCause cause) -> sweeper.execute(() -> tell(lease.end())))
                .build();
        this.reservations = Caffeine.newBuilder()
                .expireAfter(Expiry.creating((ReservationId id, Taken taken) -> Duration.ofNanos(taken.nanos())))
                .executor(Runnable::run)
                .evictionListener((ReservationId id, Taken taken, RemovalCause cause) -> expire(taken))
                .build();
        long pause = options.term().toMillis() / 2;
        sweeper.scheduleWithFixedDelay(this::sweep, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
        Bounds.differ(claims);
        long now = System.nanoTime();
        List<Lease.Drawn> from = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            Optional<Lease.Drawn> taken = take(claim.bucket(), claim.estimate(), now);
            if (taken.isEmpty()) {
                giveBack(claims, from, now);
                return reserveInStore(id, claims, expiry);
            }
            from.add(taken.get());
        }
        reservations.put(id, new Taken(claims, from, Duration.ofMillis(Bounds.expiry(expiry)).toNanos()));
        return new Decision(true, levels(claims.stream().map(Claim::bucket).toList(), from, now));
    }

    private Optional<Lease.Drawn> take(Bucket bucket, long amount, long now) {
        Lease lease = leases.getIfPresent(bucket.key());
        if (lease == null || amount < 0) {
            return Optional.empty();
        }
        Optional<Lease.Drawn> taken = lease.take(bucket, amount, now);
        if (taken.isPresent() && lease.wantsMore(now)) {
            Thread.startVirtualThread(() -> draw(lease, bucket, amount));
        }
        return taken;
    }

    private void giveBack(List<Claim> claims, List<Lease.Drawn> from, long now) {
        for (int i = 0; i < from.size(); i++) {
            lease(claims.get(i).bucket()).give(from.get(i), claims.get(i).estimate(), now);
        }
    }

    private Decision reserveInStore(ReservationId id, List<Claim> claims, Duration expiry) {
        Decision decision = store.reserve(id, claims, expiry);
        claims.forEach(claim -> heat(claim.bucket(), claim.estimate()));
        return decision;
    }

    private Lease lease(Bucket bucket) {
        return leases.get(bucket.key(), key -> new Lease(options));
    }

    /** Counts that the store had to be asked, and draws a lease where it is asked often. */
    private void heat(Bucket bucket, long amount) {
        if (bucket.algorithm() instanceof InFlight) {
            return;
        }
        Lease lease = lease(bucket);
        if (lease.heats(System.nanoTime())) {
            Thread.startVirtualThread(() -> draw(lease, bucket, amount));
        }
    }

    /** @param amount of a call as there are many */
    private void draw(Lease lease, Bucket bucket, long amount) {
        Optional<Lease.Drawn> drawn = drawn(lease, bucket, amount);
        if (drawn.isPresent()) {
            tell(lease.use(drawn.get()));
        } else {
            lease.cancel();
        }
        if (closed) {
            // It was drawn while this ended.
            tell(lease.end());
        }
    }

    /** A reservation of the part of what remains now. It stays charged if this replica dies: what was decided then is not known. */
    private Optional<Lease.Drawn> drawn(Lease lease, Bucket bucket, long amount) {
        try {
            long size = lease.size(store.peek(List.of(bucket)).getFirst().remaining(), amount);
            return size == 0 ? Optional.empty() : reserved(new Claim(bucket, size, size));
        } catch (StateUnavailable e) {
            return Optional.empty();
        }
    }

    private Optional<Lease.Drawn> reserved(Claim claim) {
        long now = System.nanoTime();
        ReservationId id = ReservationId.random();
        Decision decision = store.reserve(id, List.of(claim), options.term().multipliedBy(4));
        return decision.admitted() ? Optional.of(Lease.Drawn.of(id, claim, decision.levels().getFirst(), now)) : Optional.empty();
    }

    private void tell(List<Lease.Due> dues) {
        for (Lease.Due due : dues) {
            try {
                tell(due);
            } catch (StateUnavailable e) {
                // The reservation expires by itself, with all of it charged: on the safe side.
                return;
            }
        }
    }

    private void tell(Lease.Due due) {
        switch (due) {
            case Lease.Due.Used used -> store.settle(used.drawn().id(), List.of(new Charge(used.drawn().claim(), Math.min(used.amount(), MAX_AMOUNT))));
            case Lease.Due.Owed owed -> store.add(List.of(new Hit(owed.bucket(), Math.clamp(owed.amount(), -MAX_AMOUNT, MAX_AMOUNT))));
        }
    }

    private void expire(Taken taken) {
        long now = System.nanoTime();
        for (int i = 0; i < taken.claims().size(); i++) {
            Claim claim = taken.claims().get(i);
            lease(claim.bucket()).give(taken.from().get(i), claim.estimate() - claim.floor(), now);
        }
    }

    @Override
    public List<Settlement> settle(ReservationId id, List<Charge> charges) {
        return settleTaken(id, charges).orElseGet(() -> store.settle(id, charges));
    }

    @Override
    public List<Settlement> settleUnknown(ReservationId id, List<Charge> charges, Duration age) {
        return settleTaken(id, charges).orElseGet(() -> store.settleUnknown(id, charges, age));
    }

    /** Empty if nothing was taken from a lease for it. */
    private Optional<List<Settlement>> settleTaken(ReservationId id, List<Charge> charges) {
        Taken taken = reservations.asMap().remove(id);
        if (taken == null) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        List<Settlement> settlements = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            Lease.Drawn from = taken.from().get(taken.claims().indexOf(charge.claim()));
            Lease lease = lease(charge.claim().bucket());
            lease.give(from, charge.claim().estimate() - charge.actual(), now);
            settlements.add(new Settlement(Settlement.Outcome.SETTLED, lease.level(from, now)));
        }
        return Optional.of(settlements);
    }

    /** As the store has it: what is leased counts as reserved. */
    @Override
    public List<Level> peek(List<Bucket> buckets) {
        return store.peek(buckets);
    }

    @Override
    public List<Level> add(List<Hit> hits) {
        Optional<List<Level>> here = addHere(hits);
        return here.isPresent() ? here.get() : heated(hits, store.add(hits));
    }

    /** The same for callers on an event loop: what leases do not hold goes to the store by its own way for these. */
    public AsyncLimits async(AsyncLimits others) {
        return new AsyncLimits() {
            @Override
            public CompletionStage<List<Level>> peek(List<Bucket> buckets) {
                return others.peek(buckets);
            }

            @Override
            public CompletionStage<List<Level>> add(List<Hit> hits) {
                return addHere(hits).<CompletionStage<List<Level>>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> others.add(hits).thenApply(levels -> heated(hits, levels)));
            }
        };
    }

    private Optional<List<Level>> addHere(List<Hit> hits) {
        long now = System.nanoTime();
        List<Lease.Drawn> from = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            Optional<Lease.Drawn> taken = take(hit.bucket(), hit.amount(), now);
            if (taken.isEmpty()) {
                giveBackHits(hits, from, now);
                return Optional.empty();
            }
            from.add(taken.get());
        }
        return Optional.of(levels(hits.stream().map(Hit::bucket).toList(), from, now));
    }

    private void giveBackHits(List<Hit> hits, List<Lease.Drawn> from, long now) {
        for (int i = 0; i < from.size(); i++) {
            lease(hits.get(i).bucket()).give(from.get(i), hits.get(i).amount(), now);
        }
    }

    private List<Level> heated(List<Hit> hits, List<Level> levels) {
        hits.forEach(hit -> heat(hit.bucket(), hit.amount()));
        return levels;
    }

    private List<Level> levels(List<Bucket> buckets, List<Lease.Drawn> from, long now) {
        List<Level> levels = new ArrayList<>(buckets.size());
        for (int i = 0; i < buckets.size(); i++) {
            levels.add(lease(buckets.get(i)).level(from.get(i), now));
        }
        return levels;
    }

    @Override
    public void reset(Bucket bucket) {
        lease(bucket).forget();
        store.reset(bucket);
    }

    private void sweep() {
        reservations.cleanUp();
        long now = System.nanoTime();
        leases.asMap().values().forEach(lease -> tell(lease.sweep(now)));
    }

    /** Gives back what is held and not used. */
    @Override
    public void close() {
        closed = true;
        sweeper.shutdown();
        leases.asMap().values().forEach(lease -> tell(lease.end()));
    }
}
