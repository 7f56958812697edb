package dev.gatehouse.state.vector;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A stock in this process: for one replica, and lost with it. Values lie with their owner, vectors in {@link MemoryVectors}. When all
 * owners together are full, the least used go whole; none gets more than half of the place.
 */
public final class MemoryStock implements Stock, AutoCloseable {

    private static final byte[] NOTHING = {};

    private final Cache<Key, Shelf> shelves;
    private final MemoryVectors vectors;
    private final long mostBytes;

    /** @param maxBytesInAll of all owners, as {@link Caps} counts them */
    public MemoryStock(long maxBytesInAll) {
        this(maxBytesInAll, MemoryVectors.EXACT_UP_TO);
    }

    /** @param exactUpTo entries of a set that are all compared; larger sets have a graph, which may miss one as near */
    public MemoryStock(long maxBytesInAll, int exactUpTo) {
        if (maxBytesInAll < 2) {
            throw new IllegalArgumentException("maxBytesInAll must be at least 2, is " + maxBytesInAll);
        }
        this.mostBytes = maxBytesInAll / 2;
        this.vectors = new MemoryVectors(Integer.MAX_VALUE, Long.MAX_VALUE, exactUpTo);
        this.shelves = Caffeine.newBuilder()
                .maximumWeight(maxBytesInAll)
                .weigher((Key owner, Shelf shelf) -> (int) Math.min(shelf.bytes(), Integer.MAX_VALUE))
                .expireAfter(Expiry.writing((Key owner, Shelf shelf) -> Duration.ofNanos(shelf.nanosLeft())))
                .evictionListener((Key owner, Shelf shelf, RemovalCause cause) -> shelf.sets().forEach(vectors::clear))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public boolean put(Item item, Caps caps) {
        Caps held = new Caps(caps.entries(), Math.min(caps.bytes(), mostBytes));
        if (item.bytes() > held.bytes()) {
            return false;
        }
        item.vector().ifPresent(vector -> vectors.put(item.set(), item.entry(), vector, NOTHING, item.timeToLive()));
        shelves.asMap().compute(item.owner(), (owner, before) -> {
            Shelf after = before == null ? new Shelf() : before;
            after.put(item, held).forEach(gone -> vectors.remove(gone.set(), gone.entry()));
            return after;
        });
        return true;
    }

    @Override
    public Optional<byte[]> get(Key owner, Key entry) {
        Asked.related(owner, entry);
        return shelf(owner).flatMap(shelf -> shelf.value(entry)).map(byte[]::clone);
    }

    @Override
    public List<Neighbour> nearest(Key owner, Key set, Int8Vector vector, int most) {
        Asked.related(owner, set);
        return vectors.nearest(set, vector, most).stream().flatMap(found -> get(owner, found.entry()).stream()
                .map(value -> new Neighbour(found.entry(), found.cosine(), value))).toList();
    }

    @Override
    public void used(Key owner, Key entry) {
        Asked.related(owner, entry);
        shelf(owner).ifPresent(shelf -> shelf.used(entry));
    }

    @Override
    public boolean remove(Key owner, Key entry) {
        Asked.related(owner, entry);
        return take(owner, shelf -> shelf.remove(entry).stream().toList()) > 0;
    }

    @Override
    public long removeAll(Key owner, Optional<String> label) {
        return take(owner, shelf -> shelf.removeAll(label));
    }

    /** An owner without entries goes. */
    private long take(Key owner, Function<Shelf, List<Item>> taking) {
        long[] taken = new long[1];
        shelves.asMap().computeIfPresent(owner, (key, shelf) -> {
            List<Item> gone = taking.apply(shelf);
            gone.forEach(item -> vectors.remove(item.set(), item.entry()));
            taken[0] = gone.size();
            return shelf.entries() == 0 ? null : shelf;
        });
        return taken[0];
    }

    @Override
    public Kept kept(Key owner) {
        return shelf(owner).map(shelf -> new Kept(shelf.entries(), shelf.bytes())).orElse(Kept.NOTHING);
    }

    private Optional<Shelf> shelf(Key owner) {
        return Optional.ofNullable(shelves.getIfPresent(owner));
    }

    @Override
    public void close() {
        vectors.close();
    }
}
