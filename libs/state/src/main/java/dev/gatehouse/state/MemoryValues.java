package dev.gatehouse.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;

/** Values in this process: for one replica, and lost with it. */
public final class MemoryValues implements Values {

    private record Entry(byte[] bytes, long timeToLiveNanos) {}

    // What an entry weighs beside its bytes: key, record, the cache's own node.
    private static final int OVERHEAD_BYTES = 256;

    private final Cache<Key, Entry> entries;

    /** @param maxBytes the most that is kept; beyond it, what is least useful goes */
    public MemoryValues(long maxBytes) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key key, Entry entry) -> entry.bytes().length + OVERHEAD_BYTES)
                .expireAfter(Expiry.writing((Key key, Entry entry) -> Duration.ofNanos(entry.timeToLiveNanos())))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<byte[]> get(Key key) {
        return Optional.ofNullable(entries.getIfPresent(key)).map(entry -> entry.bytes().clone());
    }

    @Override
    public void put(Key key, byte[] value, Duration timeToLive) {
        entries.put(key, entry(value, timeToLive));
    }

    @Override
    public boolean putIfAbsent(Key key, byte[] value, Duration timeToLive) {
        return entries.asMap().putIfAbsent(key, entry(value, timeToLive)) == null;
    }

    @Override
    public boolean delete(Key key) {
        return entries.asMap().remove(key) != null;
    }

    private static Entry entry(byte[] value, Duration timeToLive) {
        return new Entry(value.clone(), Duration.ofMillis(Bounds.millis(timeToLive)).toNanos());
    }
}
