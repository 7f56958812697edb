package dev.gatehouse.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;

/** Counters in this process: for one replica, and lost with it. */
public final class MemoryCounters implements Counters {

    private record Count(long value, long windowNanos) {}

    private final Cache<Key, Count> counts;

    /** @param maxEntries the most counters that are kept; beyond it the least used start again from 0, so choose it well above need */
    public MemoryCounters(long maxEntries) {
        this.counts = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfter(Expiry.creating((Key key, Count count) -> Duration.ofNanos(count.windowNanos())))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public long get(Key key) {
        Count count = counts.getIfPresent(key);
        return count == null ? 0 : count.value();
    }

    @Override
    public long add(Key key, long amount, Duration window) {
        Bounds.amount(amount, -MAX_AMOUNT);
        long millis = Bounds.millis(window);
        return counts.asMap().compute(key, (k, before) -> plus(before, amount, millis)).value();
    }

    @Override
    public Admission addIfBelow(Key key, long amount, long limit, Duration window) {
        Bounds.amount(amount, 0);
        Bounds.amount(limit, -MAX_AMOUNT);
        long millis = Bounds.millis(window);
        boolean[] admitted = new boolean[1];
        Count after = counts.asMap().compute(key, (k, before) -> {
            admitted[0] = (before == null ? 0 : before.value()) + amount <= limit;
            return admitted[0] ? plus(before, amount, millis) : before;
        });
        return new Admission(admitted[0], after == null ? 0 : after.value());
    }

    private static Count plus(Count before, long amount, long windowMillis) {
        return before == null
                ? new Count(amount, Duration.ofMillis(windowMillis).toNanos())
                : new Count(Math.addExact(before.value(), amount), before.windowNanos());
    }
}
