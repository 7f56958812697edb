package dev.gatehouse.state.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Limits in this process: for one replica, and lost with it. */
public final class MemoryLimits implements Limits {

    /** A bucket in the cache, with how long it is kept. */
    private record Kept(Cell cell, long millis) {}

    private static final int LOCKS = 64;

    private final Cache<Key, Kept> cells;
    private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);
    private final InstantSource clock;

    /** @param maxKeys the most buckets that are kept; beyond it the least used start again full, so choose it well above need */
    public MemoryLimits(long maxKeys) {
        this(maxKeys, InstantSource.system());
    }

    /** With another clock, for tests. */
    MemoryLimits(long maxKeys, InstantSource clock) {
        this.clock = clock;
        this.cells = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .expireAfter(Expiry.writing((Key key, Kept kept) -> Duration.ofMillis(kept.millis())))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Decision reserve(ReservationId id, List<Claim> claims, Duration expiry) {
        Bounds.differ(claims);
        long until = clock.millis() + Bounds.expiry(expiry);
        return locked(claims, claim -> claim.bucket().key(), () -> reserve(id, claims, until));
    }

    private Decision reserve(ReservationId id, List<Claim> claims, long until) {
        long now = clock.millis();
        List<Cell> found = claims.stream().map(claim -> cell(claim.bucket(), now)).toList();
        boolean admitted = IntStream.range(0, found.size()).allMatch(i -> found.get(i).fits(claims.get(i), now));
        if (!admitted) {
            return new Decision(false, levels(claims, found, now));
        }
        for (int i = 0; i < found.size(); i++) {
            found.get(i).reserve(id, claims.get(i), until);
            keep(claims.get(i).bucket(), found.get(i), now);
        }
        return new Decision(true, IntStream.range(0, found.size()).mapToObj(i -> level(claims.get(i).bucket(), found.get(i), now, 0)).toList());
    }

    private static List<Level> levels(List<Claim> claims, List<Cell> found, long now) {
        return IntStream.range(0, claims.size())
                .mapToObj(i -> level(claims.get(i).bucket(), found.get(i), now, claims.get(i).estimate()))
                .toList();
    }

    private static Level level(Bucket bucket, Cell cell, long now, long claim) {
        return cell.level(bucket.algorithm(), now, claim);
    }

    @Override
    public List<Settlement> settle(ReservationId id, List<Charge> charges) {
        return settle(charges, (cell, charge, now) -> cell.settle(id, charge));
    }

    @Override
    public List<Settlement> settleUnknown(ReservationId id, List<Charge> charges, Duration age) {
        return settle(charges, (cell, charge, now) -> cell.settleUnknown(id, charge, now - age.toMillis(), now));
    }

    private interface Settling {
        Settlement.Outcome settle(Cell cell, Charge charge, long now);
    }

    private List<Settlement> settle(List<Charge> charges, Settling settling) {
        return locked(charges, charge -> charge.claim().bucket().key(), () -> charges.stream().map(charge -> settled(charge, settling)).toList());
    }

    private Settlement settled(Charge charge, Settling settling) {
        long now = clock.millis();
        Bucket bucket = charge.claim().bucket();
        Cell cell = cell(bucket, now);
        Settlement.Outcome outcome = settling.settle(cell, charge, now);
        keep(bucket, cell, now);
        return new Settlement(outcome, level(bucket, cell, now, 1));
    }

    @Override
    public List<Level> peek(List<Bucket> buckets) {
        return locked(buckets, Bucket::key, () -> buckets.stream().map(this::peek).toList());
    }

    private Level peek(Bucket bucket) {
        long now = clock.millis();
        return level(bucket, cell(bucket, now), now, 1);
    }

    @Override
    public List<Level> add(List<Hit> hits) {
        return locked(hits, hit -> hit.bucket().key(), () -> hits.stream().map(this::add).toList());
    }

    private Level add(Hit hit) {
        long now = clock.millis();
        Cell cell = cell(hit.bucket(), now);
        cell.add(hit);
        keep(hit.bucket(), cell, now);
        return level(hit.bucket(), cell, now, 1);
    }

    @Override
    public void reset(Bucket bucket) {
        locked(List.of(bucket), Bucket::key, () -> {
            cells.invalidate(bucket.key());
            return null;
        });
    }

    /** The bucket as it is now; it is kept only once something is counted. */
    private Cell cell(Bucket bucket, long now) {
        Kept kept = cells.getIfPresent(bucket.key());
        Cell cell = kept != null && kept.cell().counts(bucket.algorithm()) ? kept.cell() : new Cell(bucket.algorithm().getClass());
        cell.advance(bucket.algorithm(), now);
        return cell;
    }

    private void keep(Bucket bucket, Cell cell, long now) {
        long millis = cell.forgottenIn(bucket.algorithm(), now);
        if (millis > 0) {
            cells.put(bucket.key(), new Kept(cell, Math.min(millis, Bounds.LONGEST.toMillis())));
        } else {
            cells.invalidate(bucket.key());
        }
    }

    /** Holds the locks of all keys, taken in one order so that nobody waits for one another. */
    private <I, T> T locked(List<I> items, Function<I, Key> key, Supplier<T> action) {
        int[] indexes = items.stream().mapToInt(item -> Math.floorMod(key.apply(item).hashCode(), LOCKS)).sorted().distinct().toArray();
        for (int index : indexes) {
            locks[index].lock();
        }
        try {
            return action.get();
        } finally {
            for (int index : indexes) {
                locks[index].unlock();
            }
        }
    }
}
