package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs where GATEHOUSE_REDIS_SERVER is a Redis 7 or a Valkey. */
class RedisWithoutVectorSetsTest {

    @Test
    void aServerWithoutVectorSetsIsToldAtStart() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            assumeFalse(server.command("VCARD", "none").equals(":0"), "this redis-server has vector sets");
            Vertx vertx = Vertx.vertx();
            try (RedisState state = new RedisState(vertx, RedisSettings.standalone(server.url()).withDeadline(Duration.ofSeconds(5)))) {
                assertThatThrownBy(() -> new RedisVectors(state, Quantisation.INT8, 10).requireSupport(VectorsContract.set()))
                        .isInstanceOf(VectorsUnsupported.class).hasMessageContaining("(version 7.").hasMessageContaining("as Redis 8 has");
            } finally {
                vertx.close();
            }
        }
    }
}
