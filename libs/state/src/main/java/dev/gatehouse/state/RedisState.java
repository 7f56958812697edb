package dev.gatehouse.state;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * State in Redis, shared by all replicas. Every operation is one round trip and ends within the deadline of the settings, whatever
 * Redis does; connections that stay silent are closed and made anew, so that a Redis that comes back is used again.
 */
public final class RedisState implements AutoCloseable {

    // Cuts connections that a dead peer left open; a healthy one that is idle for so long costs one new handshake.
    private static final int SILENT_SECONDS = 5;
    private static final int MAX_WAITING = 10_000;

    private final Redis redis;
    private final RedisSettings settings;

    /** Connects at the first call, not now. The Vert.x instance stays the caller's. */
    public RedisState(Vertx vertx, RedisSettings settings) {
        this.settings = settings;
        this.redis = Redis.createClient(vertx, options(settings));
    }

    public Values values() {
        return new RedisValues(this);
    }

    public Counters counters() {
        return new RedisCounters(this);
    }

    @Override
    public void close() {
        redis.close();
    }

    /** Sends a command and waits for the answer, which may be null. */
    Response call(Request request) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("state must not be asked on an event loop: it would wait for itself");
        }
        try {
            return redis.send(request).toCompletionStage().toCompletableFuture().get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new StateUnavailable("Redis at " + settings.server() + " did not answer within " + settings.deadline().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateUnavailable("interrupted while waiting for Redis at " + settings.server());
        }
    }

    private StateUnavailable failed(Throwable cause) {
        String what = cause instanceof ErrorType error ? "refused: " + code(error) : "cannot be reached: " + cause.getClass().getSimpleName();
        return new StateUnavailable("Redis at " + settings.server() + " " + what, cause);
    }

    /** The first word of an error reply; the rest may quote keys and values. */
    static String code(ErrorType error) {
        return String.valueOf(error.getMessage()).split(" ", 2)[0];
    }

    private static RedisOptions options(RedisSettings settings) {
        RedisOptions options = new RedisOptions()
                .setConnectionString(settings.url())
                .setMaxPoolSize(settings.maxConnections())
                .setMaxPoolWaiting(MAX_WAITING);
        options.getNetClientOptions()
                .setConnectTimeout((int) settings.deadline().toMillis())
                .setTcpKeepAlive(true)
                .setReadIdleTimeout(SILENT_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return options;
    }
}
