package dev.gatehouse.state.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TallyTest {

    private static final long NOW = 1_800_000_000_123L;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRefusedClaimFitsWhenItIsSaidToAndNotATickBefore(long seed) {
        Random random = new Random(seed);
        Algorithm algorithm = any(random);
        Tally tally = new Tally();
        tally.advance(algorithm, NOW - random.nextLong(1, 100_000));
        tally.use(algorithm, random.nextLong(0, 3 * algorithm.capacity() + 1));
        tally.advance(algorithm, NOW);
        tally.use(algorithm, random.nextLong(0, algorithm.capacity() + 1));
        long claim = random.nextLong(1, algorithm.capacity() + 1);
        long in = tally.level(algorithm, NOW, claim).fitsInMillis();
        assertThat(after(tally, algorithm, in).fits(algorithm, NOW + in, claim)).isTrue();
        long before = in - 2 * tick(algorithm);
        assertThat(before > 0 && after(tally, algorithm, before).fits(algorithm, NOW + before, claim)).as("fits two ticks before").isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aBucketIsFullWhenItIsSaidToBe(long seed) {
        Random random = new Random(seed);
        Algorithm algorithm = any(random);
        Tally tally = new Tally();
        tally.advance(algorithm, NOW);
        tally.use(algorithm, random.nextLong(1, 3 * algorithm.capacity() + 1));
        long in = tally.level(algorithm, NOW, 1).fullInMillis();
        assertThat(after(tally, algorithm, in).spent(algorithm, NOW + in)).isZero();
    }

    private static Algorithm any(Random random) {
        long amount = random.nextLong(1, 1L << random.nextInt(1, 51));
        Duration window = Duration.ofMillis(random.nextLong(1, 1L << random.nextInt(1, 35)));
        return switch (random.nextInt(3)) {
            case 0 -> new TokenBucket(amount, window, Math.max(1, amount / random.nextLong(1, 10)));
            case 1 -> new SlidingWindow(amount, window);
            default -> new FixedWindow(amount, window);
        };
    }

    private static long tick(Algorithm algorithm) {
        return switch (algorithm) {
            case TokenBucket tokens -> Ticks.of(tokens.window().toMillis()).millis();
            case SlidingWindow sliding -> Ticks.of(sliding.window().toMillis()).millis();
            default -> 1;
        };
    }

    private static Tally after(Tally tally, Algorithm algorithm, long millis) {
        Tally later = new Tally(tally.stamp, tally.used, tally.other, tally.reserved);
        later.advance(algorithm, NOW + millis);
        return later;
    }
}
