package dev.gatehouse.it.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Redis;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A conversation that the provider keeps: later turns know the placeholders of earlier ones, and only this client's. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisVaultTest {

    private static final String POLICY = """
            timeout: 5s
            uninspectable: {storedText: Allow}
            identity: {conversation: {header: x-conversation}}
            rules: [{name: mask, action: Mask, pii: {entities: [EMAIL]}}]
            """;

    private static Redis redis;
    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        assumeTrue(Redis.binary().isPresent(), "GATEHOUSE_REDIS_SERVER names no redis-server to start");
        redis = Redis.start("vault-redis");
        Path hashKey = Files.writeString(Path.of("target", "vault-hash-key"), "a key that only tests have");
        Path vaultKey = Files.writeString(Path.of("target", "vault-key"), "k1 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        Map<String, String> environment = Map.of("GATEHOUSE_REDIS_URL", redis.url(), "GATEHOUSE_HASH_KEY_FILE", hashKey.toAbsolutePath().toString(),
                "GATEHOUSE_VAULT_KEY_FILE", vaultKey.toAbsolutePath().toString());
        chain = Chain.start("vault", Policies.one("vault", POLICY), false, Member.of("guard").times(2).with(environment));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
        Optional.ofNullable(redis).ifPresent(Redis::close);
    }

    private record Turn(String backendGot, String clientGot) {}

    private static Turn turn(String client, String more, String input, String answerId, String answer) throws Exception {
        return turn(client, Client.newTestId(), "{\"model\":\"demo\"," + more + "\"input\":\"" + input + "\"}", answerId, answer, "x-unused", "x");
    }

    private static Turn turn(String client, String id, String body, String answerId, String answer, String... headers) throws Exception {
        chain.backend().script(id, Backend.Script.json("{\"id\":\"" + answerId + "\",\"object\":\"response\",\"status\":\"completed\",\"output\":"
                + "[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + answer + "\"}]}]}"));
        HttpRequest.Builder request = HttpRequest.newBuilder(chain.listener(Attached.FULL_DUPLEX_STREAMED).resolve("/v1/responses"))
                .header("content-type", "application/json").header("x-test-id", id).headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!client.isEmpty()) {
            request.header("authorization", "Bearer " + client);
        }
        String got = Client.send(request).body();
        return new Turn(chain.backend().received(id).orElseThrow().text(), got);
    }

    @Test
    @Order(1)
    void aLaterTurnKnowsWhatTheModelWasToldBefore() throws Exception {
        Turn first = turn("key-of-ada", "", "I am ada@example.com", "resp_1", "Hello [EMAIL_1]");
        assertThat(first.backendGot).contains("I am [EMAIL_1]");
        assertThat(first.clientGot).contains("Hello ada@example.com");
        Turn second = turn("key-of-ada", "\"previous_response_id\":\"resp_1\",", "Copy bob@example.org in", "resp_2", "[EMAIL_1], copy to [EMAIL_2]");
        assertThat(second.backendGot).contains("Copy [EMAIL_2] in");
        assertThat(second.clientGot).contains("ada@example.com, copy to bob@example.org");
        Turn third = turn("key-of-ada", "\"previous_response_id\":\"resp_2\",", "And?", "resp_3", "[EMAIL_1] and [EMAIL_2]");
        assertThat(third.clientGot).contains("ada@example.com and bob@example.org");
    }

    @Test
    @Order(2)
    void nobodyElseGetsItByNamingTheTurn() throws Exception {
        Turn other = turn("key-of-eve", "\"previous_response_id\":\"resp_2\",", "Who?", "resp_9", "[EMAIL_1] and [EMAIL_2]");
        assertThat(other.clientGot).contains("[EMAIL_1] and [EMAIL_2]");
        Turn unknown = turn("", "\"previous_response_id\":\"resp_2\",", "Who?", "resp_9", "[EMAIL_1] and [EMAIL_2]");
        assertThat(unknown.clientGot).contains("[EMAIL_1] and [EMAIL_2]");
    }

    @Test
    @Order(3)
    void aConversationOfAHeaderIsRememberedToo() throws Exception {
        String named = "{\"model\":\"demo\",\"input\":\"%s\"}";
        turn("key-of-ada", Client.newTestId(), named.formatted("I am ada@example.com"), "r", "ok", "x-conversation", "c1");
        Turn second = turn("key-of-ada", Client.newTestId(), named.formatted("Ask bob@example.org"), "r", "[EMAIL_1] [EMAIL_2]", "x-conversation", "c1");
        assertThat(second.clientGot).contains("ada@example.com bob@example.org");
    }

    @Test
    @Order(4)
    void withoutRedisEachTurnStandsAloneAndIsCounted() throws Exception {
        redis.kill();
        Turn alone = turn("key-of-ada", "\"previous_response_id\":\"resp_2\",", "I am carl@example.net", "resp_4", "[EMAIL_1] and [EMAIL_2]");
        assertThat(alone.backendGot).contains("I am [EMAIL_1]");
        assertThat(alone.clientGot).contains("carl@example.net and [EMAIL_2]");
        double lost = 0;
        for (var replica : chain.replicas("guard")) {
            lost += Metrics.read(replica.management()).sum("gatehouse_guard_vault_lost_total", "unavailable");
        }
        assertThat(lost).isPositive();
    }
}
