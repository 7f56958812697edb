package dev.gatehouse.it.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Backend.Script;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Redis;
import dev.gatehouse.it.chain.Replica;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A chain with the cache in it, whose clients are told what came from the cache. */
record CacheBed(Chain chain) implements AutoCloseable {

    /** Clients say who they are; no guard needs to have seen the prompt; hits are told. */
    static final String POLICY = """
            failureMode: FailOpen
            timeout: 5s
            expose: true
            scope: Namespace
            onUnguarded: Allow
            identity:
              principal: [{header: {name: x-user, setBy: {name: "*"}}}]
              tenant: [{header: {name: x-tenant, setBy: {name: "*"}}}]
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the client got. @param model what the model was asked; empty when it was not */
    record Answer(HttpResponse<String> response, Optional<Backend.Received> model) {

        String body() {
            return response.body();
        }

        int status() {
            return response.statusCode();
        }

        /** hit, stale, miss or bypass. */
        String cache() {
            return response.headers().firstValue("x-gatehouse-cache").orElse("");
        }
    }

    static void assumeEnvoy() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
    }

    static void assumeRedis() {
        assumeEnvoy();
        assumeTrue(Redis.binary().isPresent(), "GATEHOUSE_REDIS_SERVER names no redis-server");
    }

    /** @param policies spec by kind */
    static CacheBed start(String name, Map<String, String> policies, Member... members) throws Exception {
        Path config = Policies.routes(name);
        for (Map.Entry<String, String> policy : policies.entrySet()) {
            Policies.write(config, policy.getKey(), name, policy.getValue());
        }
        return new CacheBed(Chain.start(name, config, false, members));
    }

    /** Variables of all services that share a Redis. */
    static Map<String, String> sharing(String name, Redis redis, String... more) throws Exception {
        Path key = Files.writeString(Path.of("target", name + "-hash-key"), "a key that only tests have");
        Map<String, String> all = new HashMap<>(Map.of("GATEHOUSE_REDIS_URL", redis.url(), "GATEHOUSE_HASH_KEY_FILE", key.toAbsolutePath().toString()));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** A user's chat, answered by the script if it reaches the model. Waits until the cache has done with it. */
    Answer ask(String user, String body, Script script, String... headers) throws Exception {
        Answer answer = askAlone(user, body, script, headers);
        untilIdle();
        return answer;
    }

    /** The same without waiting. */
    Answer askAlone(String user, String body, Script script, String... headers) throws Exception {
        String id = Client.newTestId();
        chain.backend().script(id, script);
        HttpRequest.Builder request = Client.chat(chain.listener(Attached.FULL_DUPLEX_STREAMED), id, body.getBytes()).header("x-user", user);
        return new Answer(Client.send(headers.length == 0 ? request : request.headers(headers)), chain.backend().received(id));
    }

    /** Until no exchange is under way at any replica of the cache: what is kept is kept then. */
    void untilIdle() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isIdle()) {
            assertThat(Instant.now()).as("idle in time").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private boolean isIdle() throws Exception {
        for (Replica replica : chain.replicas("cache")) {
            if (Metrics.read(replica.management()).sum("gatehouse_exchanges_active", "") > 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum of a counter over all replicas of the cache. */
    double counted(String meter, String label) throws Exception {
        double sum = 0;
        for (Replica replica : chain.replicas("cache")) {
            sum += Metrics.read(replica.management()).sum(meter, label);
        }
        return sum;
    }

    /** A chat completion of one turn. The text needs no escaping. */
    static String chat(String text) {
        return "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    static String stream(String text) {
        return "{\"model\":\"demo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    static Script saying(String answer) {
        return Script.json("{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"demo-1\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"" + answer + "\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":6,\"total_tokens\":15}}");
    }

    /** The same word by word. @param ending what the last events say, after the words */
    static Script streaming(String answer, String... ending) {
        List<String> words = List.of(answer.split("(?<= )"));
        List<String> events = words.stream().map(word -> "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"demo-1\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + word + "\"},\"finish_reason\":null}]}").toList();
        return Script.events(Stream.concat(events.stream(), Stream.of(ending)).toList());
    }

    static String finish(String reason) {
        return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"demo-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    @Override
    public void close() {
        chain.close();
    }
}
