package dev.gatehouse.it.cache;

import static dev.gatehouse.it.cache.CacheBed.chat;
import static dev.gatehouse.it.cache.CacheBed.finish;
import static dev.gatehouse.it.cache.CacheBed.saying;
import static dev.gatehouse.it.cache.CacheBed.stream;
import static dev.gatehouse.it.cache.CacheBed.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.it.cache.CacheBed.Answer;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Redis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ratelimit, guard, cache and response-risk: two users share an answer and no data, a hit is charged as the policy says, and what was blocked is not kept. */
class CacheInAChainRedisTest {

    private static final String CANARY = "zanzibar";

    private static Redis redis;
    private static CacheBed bed;

    @BeforeAll
    static void start() throws Exception {
        CacheBed.assumeRedis();
        redis = Redis.start("cache-chain-redis");
        Map<String, String> shared = CacheBed.sharing("cache-chain", redis, "GATEHOUSE_REDIS_DEADLINE", "2s");
        String cache = CacheBed.POLICY.replace("onUnguarded: Allow", "onUnguarded: Bypass") + "requireInspection: true\n";
        bed = CacheBed.start("cache-chain", Map.of(
                "TokenRateLimitPolicy", """
                        timeout: 5s
                        limits:
                          - name: tokens
                            key: [{header: x-team, visible: true}]
                            quota: {amount: 1000, unit: Tokens, window: 31d, algorithm: FixedWindow}
                        """,
                "PromptGuardPolicy", "timeout: 5s\nrules: [{name: mask, action: Mask, pii: {entities: [EMAIL]}}]",
                "SemanticCachePolicy", cache,
                "ResponseRiskPolicy", "timeout: 5s\nrules: [{name: no-zeus, action: Block, patterns: [{name: zeus, pattern: zeus}]}]"),
                Member.of("ratelimit").with(shared), Member.of("guard").with(shared), Member.of("cache").with(shared), Member.of("response-risk").with(shared));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(CacheBed::close);
        Optional.ofNullable(redis).ifPresent(Redis::close);
    }

    @Test
    void twoUsersShareAnAnswerAndEachReadsItsOwnData() throws Exception {
        Answer first = bed.ask("ann", chat("Write a short greeting to ann@example.org"), saying("Dear [EMAIL_1], hello!"), "x-tenant", "a");
        assertThat(first.model().orElseThrow().text()).contains("greeting to [EMAIL_1]");
        assertThat(first.body()).contains("Dear ann@example.org, hello!");
        Answer second = bed.ask("bob", chat("Write a short greeting to bob@example.net"), saying("No."), "x-tenant", "a");
        assertThat(second.cache()).isEqualTo("hit");
        assertThat(second.model()).isEmpty();
        assertThat(second.body()).contains("Dear bob@example.net, hello!").doesNotContain("ann@");
    }

    @Test
    void anAnswerWithDataThatTheAskerDidNotSendIsNotServed() throws Exception {
        bed.ask("ann", chat("Who is in charge: ann@example.org or bob@example.org?"), saying("[EMAIL_2] is."), "x-tenant", "b");
        Answer other = bed.ask("eve", chat("Who is in charge: eve@example.org or eve@example.org?"), saying("You are."), "x-tenant", "b");
        assertThat(other.body()).doesNotContain("bob@").doesNotContain("EMAIL_2").contains("You are.");
    }

    @Test
    void nothingThatAClientSaidIsInRedisOrInALogInClear() throws Exception {
        bed.ask("carla", chat("Tell me of carla.secret@example.org and " + CANARY), saying("It is an island."), "x-tenant", "c");
        assertThat(bed.ask("carla", chat("Tell me of carla.secret@example.org and " + CANARY), saying("?"), "x-tenant", "c").cache()).isEqualTo("hit");
        assertThat(everyKeyAndValue()).as("what the guard masks").doesNotContain("carla.secret");
        assertThat(logs()).doesNotContain(CANARY).doesNotContain("carla.secret").doesNotContain("It is an island");
    }

    @Test
    void aHitCountsAsARequestAndCostsNoTokens() throws Exception {
        bed.ask("ann", chat("How large is the moon?"), saying("Quite."), "x-tenant", "d", "x-team", "moon");
        long afterMiss = used("moon");
        assertThat(afterMiss).isPositive();
        assertThat(bed.ask("bob", chat("How large is the moon?"), saying("?"), "x-tenant", "d", "x-team", "moon").cache()).isEqualTo("hit");
        assertThat(used("moon")).isEqualTo(afterMiss);
    }

    @Test
    void whatResponseRiskBlocksIsNotKept() throws Exception {
        Answer blocked = bed.ask("ann", chat("Who throws lightning?"), saying("It is zeus himself."), "x-tenant", "e");
        assertThat(blocked.body()).doesNotContain("himself");
        Answer later = bed.ask("bob", chat("Who throws lightning?"), saying("Nobody knows."), "x-tenant", "e");
        assertThat(later.body()).contains("Nobody knows.");
    }

    @Test
    void aStreamIsKeptOnceItsEndHasBroughtTheVerdictAndNotIfThatSaysBlock() throws Exception {
        Answer first = bed.ask("ann", stream("How do clouds form?"), streaming("Warm air rises and cools.", finish("stop"), "[DONE]"), "x-tenant", "f");
        assertThat(first.cache()).isEqualTo("miss");
        Answer second = bed.ask("bob", stream("How do clouds form?"), saying("?"), "x-tenant", "f");
        assertThat(second.cache()).isEqualTo("hit");
        assertThat(second.body()).contains("\"Warm\"", "\" cools.\"");
        Answer blocked = bed.ask("ann", stream("Who hides in the clouds?"), streaming("Up there sits zeus with his eagle.", finish("stop"), "[DONE]"), "x-tenant", "f");
        assertThat(blocked.body()).doesNotContain("eagle");
        assertThat(bed.ask("bob", stream("Who hides in the clouds?"), saying("Nobody."), "x-tenant", "f").cache()).isEqualTo("miss");
    }

    private static long used(String team) throws Exception {
        URI page = bed.chain().service("ratelimit").management().resolve("/v1/limits/cache-chain/tokens/keys");
        JsonNode keys = new ObjectMapper().readTree(HttpClient.newHttpClient().send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body());
        for (JsonNode key : keys.path("keys")) {
            if (key.at("/key/0").asText().equals(team)) {
                return key.get("used").asLong() + key.get("reserved").asLong();
            }
        }
        return 0;
    }

    private static String everyKeyAndValue() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String key : redis.command("KEYS", "*").lines().filter(line -> line.startsWith("gh:")).toList()) {
            all.append(key).append(' ').append(redis.command("DUMP", key)).append('\n');
        }
        return all.toString();
    }

    private static String logs() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("target", "it-logs"))) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("cache-chain-")).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
