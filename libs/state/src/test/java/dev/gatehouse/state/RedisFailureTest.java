package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.Limits;
import dev.gatehouse.state.limit.RedisLimits;
import dev.gatehouse.testbed.Ports;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisFailureTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration DEADLINE = Duration.ofMillis(300);

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void aRedisThatIsNotThereIsSaidWithinTheDeadline() throws Exception {
        try (RedisState state = state("redis://127.0.0.1:" + Ports.free())) {
            assertUnavailable(state);
        }
    }

    @Test
    void aRedisThatTakesConnectionsAndNeverAnswersIsSaidWithinTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0); RedisState state = state("redis://127.0.0.1:" + silent.getLocalPort())) {
            for (int i = 0; i < 8; i++) {
                assertUnavailable(state);
            }
        }
    }

    @Test
    void aPausedRedisIsSaidWithinTheDeadlineAndUsedAgainAfterwards() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server.url())) {
            state.call(Request.cmd(Command.CLIENT).arg("PAUSE").arg(1500).arg("ALL"));
            assertUnavailable(state);
            Await.until(() -> answers(state));
        }
    }

    @Test
    void aRedisThatDiesIsSaidAndUsedAgainWhenItIsBack() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server.url())) {
            Bucket bucket = new Bucket(StateContract.fresh(), new FixedWindow(10, Duration.ofHours(1)));
            Limits limits = new RedisLimits(state);
            limits.add(List.of(new Hit(bucket, 1)));
            server.kill();
            assertUnavailable(state);
            server.run();
            Await.until(() -> answers(state));
            assertThat(limits.add(List.of(new Hit(bucket, 2)))).as("scripts are sent anew").extracting(Level::used).containsExactly(2L);
        }
    }

    @Test
    void aRefusalNamesNeitherKeyNorValue() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server.url())) {
            Key key = StateContract.fresh();
            Hit hit = new Hit(new Bucket(key, new FixedWindow(10, Duration.ofHours(1))), 1);
            server.command("HSET", key.text(), "my secret value", "1");
            assertThatThrownBy(() -> new RedisLimits(state).add(List.of(hit))).isInstanceOf(StateUnavailable.class)
                    .hasMessageContaining("refused").hasMessageNotContainingAny("my secret value", key.text());
        }
    }

    @Test
    void anEventLoopMayNotWait() throws Exception {
        try (RedisState state = state("redis://127.0.0.1:1")) {
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            VERTX.getOrCreateContext().runOnContext(nothing -> thrown.complete(catchThrowable(() -> state.values().get(StateContract.fresh()))));
            assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("event loop");
        }
    }

    @Test
    void thePasswordIsNotShown() {
        RedisSettings settings = new RedisSettings("redis://app:hunter2@redis.example:6379/1", DEADLINE, 4);
        assertThat(settings.toString()).contains("redis.example:6379").doesNotContain("hunter2");
    }

    private static RedisState state(String url) {
        return new RedisState(VERTX, new RedisSettings(url, DEADLINE, 4));
    }

    private static void assertUnavailable(RedisState state) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> state.values().get(StateContract.fresh())).isInstanceOf(StateUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(DEADLINE.plusMillis(700));
    }

    private static boolean answers(RedisState state) {
        try {
            state.values().get(StateContract.fresh());
            return true;
        } catch (StateUnavailable e) {
            return false;
        }
    }
}
