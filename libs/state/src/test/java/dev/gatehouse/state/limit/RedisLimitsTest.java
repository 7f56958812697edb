package dev.gatehouse.state.limit;

import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class RedisLimitsTest implements LimitsContract {

    /** Time stands in a key of Redis, where the scripts read it in place of its clock. */
    private static final LimitScripts STANDING = new LimitScripts("local now = tonumber(redis.call('GET', 'now'))\n");

    private static RedisServer server;
    private static Vertx vertx;
    private static RedisState state;
    private static Limits limits;
    private static Instant now;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        state = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 2));
        limits = new RedisLimits(state, STANDING, new InstantSource() {
            @Override
            public Instant instant() {
                return now;
            }
        });
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
        clock(BEGIN);
    }

    @Override
    public Limits limits() {
        return limits;
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
