package dev.gatehouse.state;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection that many calls share, each sending its command behind the others'. (The client's own pool gives a connection to one
 * command at a time.) It is made at the first call, and anew after it broke. Of a cluster it is a connection to every node, and the
 * nodes that still answer are used until the new one is there.
 */
final class RedisLink {

    // Answers of a server that is not, or no longer, the master that we want.
    private static final Set<String> NOT_THE_MASTER = Set.of("READONLY", "LOADING", "MASTERDOWN", "CONNECTION_CLOSED", "CLUSTERDOWN");

    private final Redis redis;
    private final boolean cluster;
    private final AtomicReference<Future<RedisConnection>> connecting = new AtomicReference<>();
    private volatile RedisConnection current;
    private volatile boolean closed;

    RedisLink(Redis redis, boolean cluster) {
        this.redis = redis;
        this.cluster = cluster;
    }

    Future<Response> send(Request request) {
        RedisConnection connection = current;
        return connection != null ? send(connection, request) : connect().compose(made -> send(made, request));
    }

    private Future<Response> send(RedisConnection connection, Request request) {
        return connection.send(request).onFailure(cause -> {
            if (isBroken(cause)) {
                broken(connection);
            }
        });
    }

    private static boolean isBroken(Throwable cause) {
        return !(cause instanceof ErrorType error) || NOT_THE_MASTER.contains(RedisState.code(error));
    }

    private void broken(RedisConnection connection) {
        if (current != connection || closed) {
            return;
        }
        if (cluster) {
            connect();
        } else {
            current = null;
            connection.close();
        }
    }

    /** An answer is late: of a cluster, a node may be gone that nothing else tells of. */
    void distrust() {
        RedisConnection connection = current;
        if (cluster && connection != null) {
            broken(connection);
        }
    }

    /** Makes a connection, one at a time. */
    private Future<RedisConnection> connect() {
        Promise<RedisConnection> promise = Promise.promise();
        Future<RedisConnection> other = connecting.compareAndExchange(null, promise.future());
        if (other != null) {
            return other;
        }
        redis.connect().onComplete(made -> {
            if (made.succeeded()) {
                use(made.result());
            }
            connecting.set(null);
            promise.handle(made);
        });
        return promise.future();
    }

    private void use(RedisConnection made) {
        RedisConnection before = current;
        made.endHandler(nothing -> broken(made)).exceptionHandler(cause -> broken(made));
        current = made;
        if (before != null) {
            before.close();
        }
        if (closed) {
            close();
        }
    }

    void close() {
        closed = true;
        RedisConnection connection = current;
        if (connection != null) {
            connection.close();
        }
    }
}
