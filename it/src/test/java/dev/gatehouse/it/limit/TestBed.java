package dev.gatehouse.it.limit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.demo.DemoModel;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Redis;
import dev.gatehouse.it.chain.Replica;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Envoy, replicas of the rate limit on one Redis, and the demo model behind them. */
record TestBed(String policy, Vertx vertx, int model, Redis redis, Chain chain) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Skips the test where a program is missing. */
    static void assumePrograms() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        assumeTrue(Redis.binary().isPresent(), "GATEHOUSE_REDIS_SERVER names no redis-server");
    }

    /**
     * With one policy, which has the name of the test bed.
     *
     * @param deadline of calls of Redis: where Redis lives, what a busy machine delays must not count as its loss
     */
    static TestBed start(String policy, String spec, int replicas, Redis redis, Duration deadline) throws IOException {
        Vertx vertx = Vertx.vertx();
        int model = DemoModel.start(vertx, 0).toCompletionStage().toCompletableFuture().join().actualPort();
        Path config = Policies.routes(policy);
        Policies.write(config, "TokenRateLimitPolicy", policy, spec);
        Path key = Files.writeString(Path.of("target", policy + ".key"), "a key that all replicas of a test share");
        Member limiter = Member.of("ratelimit").times(replicas).with(Map.of("GATEHOUSE_REDIS_URL", redis.url(),
                "GATEHOUSE_REDIS_DEADLINE", deadline.toMillis() + "ms", "GATEHOUSE_REDIS_REPLICAS", String.valueOf(replicas), "GATEHOUSE_HASH_KEY_FILE", key.toAbsolutePath().toString()));
        return new TestBed(policy, vertx, model, redis, Chain.startBefore(model, policy, config, false, limiter));
    }

    Replica limiter() {
        return chain.service("ratelimit");
    }

    /** How many requests with that status the model answered, by its own log. */
    long answered(int status) throws Exception {
        String log = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + model + "/log")).build(), HttpResponse.BodyHandlers.ofString()).body();
        long count = 0;
        for (JsonNode entry : new ObjectMapper().readTree(log)) {
            count += entry.path("status").asInt() == status ? 1 : 0;
        }
        return count;
    }

    @Override
    public void close() {
        chain.close();
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
