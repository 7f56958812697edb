package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisStateTest implements StateContract {

    private static RedisServer server;
    private static Vertx vertx;
    private static RedisState state;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        state = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 8));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            state.close();
            vertx.close();
            server.close();
        }
    }

    @Override
    public Values values() {
        return state.values();
    }

    @Test
    void twoReplicasShareWhatTheyKeep() {
        try (RedisState other = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 2))) {
            Key key = StateContract.fresh();
            values().put(key, StateContract.bytes("of the one"), StateContract.LONG);
            assertThat(other.values().get(key)).get().isEqualTo(StateContract.bytes("of the one"));
        }
    }
}
