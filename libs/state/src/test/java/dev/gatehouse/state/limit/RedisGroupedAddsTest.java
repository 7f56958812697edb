package dev.gatehouse.state.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hits of many callers go to Redis together, and each is told its own level. */
class RedisGroupedAddsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Keys keys = new Keys(KeyedHash.random());
    private RedisServer server;
    private RedisState redis;
    private AsyncLimits limits;

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.start();
        redis = new RedisState(vertx, RedisSettings.standalone(server.url()).withDeadline(Duration.ofMillis(500)));
        limits = new RedisLimits(redis).async();
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            redis.close();
            server.close();
        }
        vertx.close();
    }

    @Test
    void everyHitOfManyAtOnceIsCountedAndEachIsToldItsPlace() {
        List<CompletionStage<List<Level>>> answers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            answers.add(limits.add(List.of(new Hit(bucket("a"), 1), new Hit(bucket("b"), 2))));
        }
        Set<Long> places = new HashSet<>();
        answers.forEach(answer -> places.add(answer.toCompletableFuture().join().getFirst().used()));
        assertThat(places).hasSize(2_000);
        List<Level> after = limits.peek(List.of(bucket("a"), bucket("b"))).toCompletableFuture().join();
        assertThat(after).extracting(Level::used).containsExactly(2_000L, 4_000L);
    }

    @Test
    void oneBucketHitTwiceInOneCallCountsBoth() {
        List<Level> levels = limits.add(List.of(new Hit(bucket("a"), 3), new Hit(bucket("a"), 4))).toCompletableFuture().join();
        assertThat(levels).extracting(Level::used).containsExactly(3L, 7L);
    }

    @Test
    void aDeadRedisFailsEveryCallWithinTheDeadlineAndALivingOneServesAgain() throws Exception {
        limits.add(List.of(new Hit(bucket("a"), 1))).toCompletableFuture().join();
        server.kill();
        long begin = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<List<Level>> answer = limits.add(List.of(new Hit(bucket("a"), 1))).toCompletableFuture();
            assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(StateUnavailable.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(11));
        server.run();
        assertThat(limits.add(List.of(new Hit(bucket("a"), 5))).toCompletableFuture().join().getFirst().used()).isEqualTo(5);
    }

    @Test
    void nobodyWaitsLongerThanTheDeadlineForASilentRedis() {
        limits.add(List.of(new Hit(bucket("a"), 1))).toCompletableFuture().join();
        server.command("CLIENT", "PAUSE", "1400", "ALL");
        List<CompletableFuture<Duration>> waits = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofMillis(900).toNanos();
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            waits.add(limits.add(List.of(new Hit(bucket("a"), 1))).toCompletableFuture()
                    .handle((levels, error) -> error == null ? Duration.ofDays(1) : Duration.ofNanos(System.nanoTime() - begin)));
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        waits.removeLast().join();
        assertThat(waits).allSatisfy(wait -> assertThat(wait.join()).isLessThan(Duration.ofMillis(900)));
    }

    private Bucket bucket(String name) {
        return new Bucket(keys.key("test", "limit", name), new FixedWindow(1_000_000, Duration.ofDays(365)));
    }
}
