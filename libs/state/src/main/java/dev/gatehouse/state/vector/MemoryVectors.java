package dev.gatehouse.state.vector;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Vectors in this process: for one replica, and lost with it. Sets of up to {@value #EXACT_UP_TO} entries are read whole and miss
 * nothing; larger ones have a graph. When all sets together are full, those that are least used go whole.
 */
public final class MemoryVectors implements Vectors, AutoCloseable {

    /** Where a graph begins to pay ({@code docs/embedding.md}). */
    static final int EXACT_UP_TO = 4096;

    private final Cache<Key, MemorySet> sets;
    private final int maxEntries;
    private final int exactUpTo;
    private final ExecutorService background = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("vectors").daemon().factory());

    /**
     * @param maxEntries      of one set
     * @param maxEntriesInAll of all, at least as many; each takes about 1 KB and its value
     */
    public MemoryVectors(int maxEntries, long maxEntriesInAll) {
        this(maxEntries, maxEntriesInAll, EXACT_UP_TO);
    }

    /** @param exactUpTo entries of a set that are read whole */
    MemoryVectors(int maxEntries, long maxEntriesInAll, int exactUpTo) {
        if (maxEntries < 1 || maxEntriesInAll < maxEntries) {
            throw new IllegalArgumentException("maxEntries must be at least 1 and at most maxEntriesInAll, is " + maxEntries);
        }
        this.maxEntries = maxEntries;
        this.exactUpTo = exactUpTo;
        this.sets = Caffeine.newBuilder()
                .maximumWeight(maxEntriesInAll)
                .weigher((Key key, MemorySet set) -> set.size())
                .expireAfter(Expiry.writing((Key key, MemorySet set) -> Duration.ofNanos(set.nanosLeft())))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public void put(Key set, Key entry, Int8Vector vector, byte[] value, Duration timeToLive) {
        Asked.related(set, entry);
        Entry added = new Entry(entry, vector, value, System.nanoTime() + Duration.ofMillis(Asked.millis(timeToLive)).toNanos());
        sets.asMap().compute(set, (key, before) -> {
            MemorySet after = before == null ? new MemorySet(vector.dimensions(), exactUpTo, background) : before;
            after.put(added, maxEntries);
            return after;
        });
    }

    @Override
    public List<Neighbour> nearest(Key set, Int8Vector vector, int most) {
        Asked.most(most);
        MemorySet known = sets.getIfPresent(set);
        if (known == null) {
            return List.of();
        }
        if (known.hasExpired()) {
            change(set, MemorySet::removeExpired);
        }
        return known.nearest(vector, most);
    }

    /** A set without entries goes. */
    private void change(Key set, Consumer<MemorySet> change) {
        sets.asMap().computeIfPresent(set, (key, known) -> {
            change.accept(known);
            return known.size() == 0 ? null : known;
        });
    }

    @Override
    public boolean remove(Key set, Key entry) {
        Asked.related(set, entry);
        boolean[] removed = new boolean[1];
        change(set, known -> removed[0] = known.remove(entry));
        return removed[0];
    }

    @Override
    public long size(Key set) {
        MemorySet known = sets.getIfPresent(set);
        return known == null ? 0 : known.size();
    }

    @Override
    public long clear(Key set) {
        MemorySet known = sets.asMap().remove(set);
        return known == null ? 0 : known.size();
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
