package dev.gatehouse.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Redis;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three replicas over one Redis: no request too many, and none that waits when Redis is gone. */
class SharedRedisTest {

    private static final String POLICY = """
            failureMode: FailClosed
            timeout: 5s
            estimate: {output: MaxTokens}
            limits:
              - name: tokens
                key: [{header: x-case, visible: true}]
                quota: {amount: 2160, unit: Tokens, window: 31d, algorithm: FixedWindow}
            """;
    /** 8 tokens and 100 more at most: 20 of them fill the budget to the token. */
    private static final byte[] REQUEST = "{\"model\":\"gpt-4o\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":100}}";

    private static Redis redis;
    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        assumeTrue(Redis.binary().isPresent(), "GATEHOUSE_REDIS_SERVER names no redis-server to start");
        redis = Redis.start("shared-redis-redis");
        Path config = Policies.routes("shared-redis");
        Policies.write(config, "TokenRateLimitPolicy", "shared", POLICY);
        Path key = Files.writeString(Path.of("target", "shared-redis-hash-key"), "a key that only tests have");
        // A deadline that is missed on a busy machine is a lost store, and each replica then admits its share besides: not what is counted here.
        Map<String, String> environment = Map.of("GATEHOUSE_REDIS_URL", redis.url(), "GATEHOUSE_REDIS_DEADLINE", "2s", "GATEHOUSE_REDIS_REPLICAS", "3",
                "GATEHOUSE_HASH_KEY_FILE", key.toAbsolutePath().toString());
        chain = Chain.start("shared-redis", config, false, Member.of("ratelimit").times(3).with(environment));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
        Optional.ofNullable(redis).ifPresent(Redis::close);
    }

    private record Answered(int status, Duration took) {}

    @Test
    void aBurstIsAdmittedToTheTokenAndRedisMayDie() throws Exception {
        List<Answered> burst = burst("burst", 120);
        assertThat(burst).extracting(Answered::status).containsOnly(200, 429);
        assertThat(admitted(burst)).as("of 120 at once, over three replicas").isEqualTo(20);
        redis.kill();
        List<Answered> alone = burst("alone", 120);
        assertThat(alone).extracting(Answered::status).containsOnly(200, 429);
        assertThat(admitted(alone)).as("each replica keeps a third: 6 of 720 tokens").isEqualTo(18);
        assertThat(alone).extracting(Answered::took).allSatisfy(took -> assertThat(took).isLessThan(Duration.ofSeconds(5)));
    }

    private static long admitted(List<Answered> answers) {
        return answers.stream().filter(answer -> answer.status() == 200).count();
    }

    private static List<Answered> burst(String name, int count) throws Exception {
        List<Callable<Answered>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asked.add(() -> ask(name));
        }
        List<Answered> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answered> answer : clients.invokeAll(asked)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static Answered ask(String name) throws Exception {
        String id = Client.newTestId();
        chain.backend().script(id, Backend.Script.json(ANSWER));
        long start = System.nanoTime();
        HttpResponse<String> response = Client.send(Client.chat(chain.listener(Attached.FULL_DUPLEX_STREAMED), id, REQUEST).header("x-case", name));
        return new Answered(response.statusCode(), Duration.ofNanos(System.nanoTime() - start));
    }
}
