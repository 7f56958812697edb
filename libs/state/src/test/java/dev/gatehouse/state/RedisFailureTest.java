package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.net.ServerSocket;
import java.time.Duration;
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
        try (RedisState state = state("redis://127.0.0.1:" + RedisServer.freePort())) {
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
            StateContract.await(() -> answers(state));
        }
    }

    @Test
    void aRedisThatDiesIsSaidAndUsedAgainWhenItIsBack() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server.url())) {
            Key key = StateContract.fresh();
            state.counters().add(key, 1, StateContract.LONG);
            server.kill();
            assertUnavailable(state);
            server.run();
            StateContract.await(() -> answers(state));
            assertThat(state.counters().add(key, 2, StateContract.LONG)).as("scripts are sent anew").isEqualTo(2);
        }
    }

    @Test
    void aRefusalNamesNeitherKeyNorValue() throws Exception {
        try (RedisServer server = RedisServer.start(); RedisState state = state(server.url())) {
            Key key = StateContract.fresh();
            state.values().put(key, StateContract.bytes("my secret value"), StateContract.LONG);
            assertThatThrownBy(() -> state.counters().add(key, 1, StateContract.LONG)).isInstanceOf(StateUnavailable.class)
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
