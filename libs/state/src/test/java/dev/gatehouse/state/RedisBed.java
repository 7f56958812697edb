package dev.gatehouse.state;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testbed.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;

/** A Redis for a class of tests, and state on it that waits as long as a busy machine needs. */
public record RedisBed(RedisServer server, Vertx vertx, RedisState state) implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param options further ones of redis-server */
    public static RedisBed start(String... options) throws IOException {
        RedisServer server = RedisServer.start(options);
        Vertx vertx = Vertx.vertx();
        return new RedisBed(server, vertx, new RedisState(vertx, RedisSettings.standalone(server.url()).withDeadline(PATIENCE)));
    }

    /** One that has vector sets; without them the test is skipped. */
    public static RedisBed withVectorSets() throws Exception {
        RedisBed bed = start();
        if (!bed.server.command("VCARD", "none").equals(":0")) {
            bed.close();
            assumeTrue(false, "this redis-server has no vector sets");
        }
        return bed;
    }

    /** State on a server that is not there. */
    public RedisState nobody() throws IOException {
        return new RedisState(vertx, RedisSettings.standalone("redis://127.0.0.1:" + Ports.free()));
    }

    @Override
    public void close() throws Exception {
        state.close();
        vertx.close();
        server.close();
    }
}
