package dev.gatehouse.ratelimit.descriptor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.state.Key;
import java.time.Duration;

/** Remembers which limits are exceeded, each until its window ends. */
final class ExceededLimits {

    private final Cache<Key, Long> untilNanos;

    /** @param most how many are remembered; none with 0 */
    ExceededLimits(long most) {
        untilNanos = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfter(Expiry.creating((Key key, Long until) -> Duration.ofNanos(Math.max(1, until - System.nanoTime()))))
                .executor(Runnable::run)
                .build();
    }

    void add(Key key, long millis) {
        untilNanos.put(key, System.nanoTime() + Duration.ofMillis(millis).toNanos());
    }

    void forget(Key key) {
        untilNanos.invalidate(key);
    }

    /** Milliseconds until the limit's window ends; 0 where it is not known to be exceeded. */
    long endsInMillis(Key key) {
        Long until = untilNanos.getIfPresent(key);
        return until == null ? 0 : Math.max(0, Duration.ofNanos(until - System.nanoTime()).toMillis());
    }
}
