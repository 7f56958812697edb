package dev.gatehouse.ratelimit.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.MemoryLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of a second have a store of their own. */
class PerSecondTest {

    private static final Keys KEYS = new Keys(KeyedHash.random());

    private final MemoryLimits seconds = new MemoryLimits(10);
    private final MemoryLimits others = new MemoryLimits(10);
    private final PerSecond both = new PerSecond(AsyncLimits.atOnce(seconds), AsyncLimits.atOnce(others));
    private final Bucket hour = bucket("hour", Duration.ofHours(1));
    private final Bucket second = bucket("second", Duration.ofSeconds(1));
    private final Bucket day = bucket("day", Duration.ofDays(1));

    @Test
    void levelsComeInTheOrderOfTheQuestionWhereverTheyAreKept() {
        List<Level> levels = both.add(List.of(new Hit(hour, 1), new Hit(second, 2), new Hit(day, 3))).toCompletableFuture().join();
        assertThat(levels).extracting(Level::used).containsExactly(1L, 2L, 3L);
        assertThat(seconds.peek(List.of(hour, day))).extracting(Level::used).containsOnly(0L);
        assertThat(others.peek(List.of(hour, second, day))).extracting(Level::used).containsExactly(1L, 0L, 3L);
        assertThat(both.peek(List.of(day, hour)).toCompletableFuture().join()).extracting(Level::used).containsExactly(3L, 1L);
    }

    private static Bucket bucket(String name, Duration window) {
        return new Bucket(KEYS.key("test", "limit", name), new FixedWindow(100, window));
    }
}
