package dev.gatehouse.state.health;

import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class RedisHealthStoreTest implements HealthContract {

    private static RedisServer server;
    private static Vertx vertx;
    private static RedisState state;
    private static HealthStore store;
    private static Instant now;

    /** Time stands in a key of Redis, where the script reads it in place of its clock. */
    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        state = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 2));
        store = new RedisHealthStore(state, HealthScript.withClock("local now = tonumber(redis.call('GET', 'now'))\n"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            state.close();
            vertx.close();
            server.close();
        }
    }

    @BeforeEach
    void begin() {
        clock(Instant.parse("2027-03-09T10:00:00Z"));
    }

    @Override
    public HealthStore store() {
        return store;
    }

    @Override
    public void clock(Instant instant) {
        now = instant;
        server.command("SET", "now", String.valueOf(instant.toEpochMilli()));
    }

    @Override
    public Instant clock() {
        return now;
    }
}
