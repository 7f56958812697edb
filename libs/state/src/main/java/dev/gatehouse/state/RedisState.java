package dev.gatehouse.state;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * State in Redis, shared by all replicas. Every operation is one round trip and ends within the deadline of the settings when Redis is
 * silent; while it answers others, an answer may take up to {@value #PATIENCE} times as long: that is a busy machine, and not a Redis that is
 * lost. A connection that stays silent or breaks is made anew, so that a Redis that comes back, and a new master, is used.
 */
public final class RedisState implements AutoCloseable {

    // Cuts connections that a dead peer left open; a healthy one that is idle for so long costs one new handshake. Of a cluster a master
    // that nobody asks is silent too, and losing it would lose what is under way to the others: there a late answer makes new connections.
    private static final int SILENT_SECONDS = 5;
    private static final int PATIENCE = 5;
    // Commands on their way on one connection.
    private static final int MAX_WAITING = 4096;

    private final Redis redis;
    private final RedisSettings settings;
    private final List<RedisLink> links;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile long lastAnswer = System.nanoTime();

    /** Connects at the first call, not now. The Vert.x instance stays the caller's. */
    public RedisState(Vertx vertx, RedisSettings settings) {
        this.settings = settings;
        this.redis = Redis.createClient(vertx, options(settings));
        this.links = Stream.generate(() -> new RedisLink(redis, settings.isCluster())).limit(settings.connections()).toList();
    }

    public Values values() {
        return new RedisValues(this);
    }

    /** Whether commands must keep to the keys of one tag. */
    public boolean isCluster() {
        return settings.isCluster();
    }

    @Override
    public void close() {
        links.forEach(RedisLink::close);
        redis.close();
    }

    /** Sends a command and waits for the answer, which may be null. */
    Response call(Request request) {
        return await(send(request));
    }

    /** Sends a command. Others may be on their way on the same connection; nobody waits for another's answer. */
    Future<Response> send(Request request) {
        return links.get(Math.floorMod(turn.getAndIncrement(), links.size())).send(request).onSuccess(answer -> lastAnswer = System.nanoTime());
    }

    /**
     * Waits for answers, as long as the deadline allows. Must not be called on an event loop.
     *
     * @throws StateUnavailable if it did not come, or is a refusal
     */
    public <T> T await(Future<T> answer) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("state must not be asked on an event loop: it would wait for itself");
        }
        try {
            return patiently(answer.toCompletionStage().toCompletableFuture());
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateUnavailable("interrupted while waiting for Redis at " + settings.server());
        }
    }

    private <T> T patiently(CompletableFuture<T> answer) throws ExecutionException, InterruptedException {
        long deadline = settings.deadline().toNanos();
        long began = System.nanoTime();
        for (long now = began; now - began < PATIENCE * deadline; now = System.nanoTime()) {
            long left = deadline - (now - Math.max(began, lastAnswer));
            if (left <= 0) {
                break;
            }
            try {
                return answer.get(left, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Others may have been answered meanwhile.
            }
        }
        throw late();
    }

    /** Answers without a thread that waits: at the latest after the deadline, failures as {@link StateUnavailable}. */
    public <T> CompletionStage<T> within(Future<T> answer) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        answer.timeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS).onComplete(done -> {
            if (done.succeeded()) {
                stage.complete(done.result());
            } else {
                stage.completeExceptionally(done.cause() instanceof TimeoutException ? late() : failed(done.cause()));
            }
        });
        return stage;
    }

    private StateUnavailable late() {
        links.forEach(RedisLink::distrust);
        return new StateUnavailable("Redis at " + settings.server() + " did not answer within " + settings.deadline().toMillis() + " ms");
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
                .setEndpoints(settings.connectionStrings())
                .setMaxPoolSize(2 * settings.connections() + 2)
                .setMaxPoolWaiting(MAX_WAITING)
                .setMaxWaitingHandlers(MAX_WAITING)
                .setNetClientOptions(network(settings));
        return switch (settings.topology()) {
            case RedisSettings.Topology.Standalone _ -> options.setType(RedisClientType.STANDALONE);
            case RedisSettings.Topology.Cluster _ -> options.setType(RedisClientType.CLUSTER);
            case RedisSettings.Topology.Sentinel sentinel ->
                    options.setType(RedisClientType.SENTINEL).setMasterName(sentinel.masterName()).setRole(RedisRole.MASTER);
        };
    }

    private static NetClientOptions network(RedisSettings settings) {
        NetClientOptions network = new NetClientOptions()
                .setConnectTimeout((int) settings.deadline().toMillis())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setReadIdleTimeout(settings.isCluster() ? 0 : SILENT_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return settings.isEncrypted() ? encrypted(network, settings.tls()) : network;
    }

    private static NetClientOptions encrypted(NetClientOptions network, RedisSettings.Tls tls) {
        network.setSsl(true).setHostnameVerificationAlgorithm(tls.verifyHost() ? "HTTPS" : "");
        tls.authorities().ifPresent(file -> network.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        tls.certificate().ifPresent(file -> network.setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(file.toString()).addKeyPath(tls.key().orElseThrow().toString())));
        return network;
    }
}
