package dev.gatehouse.it.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Backend.Script;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Redis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas with one Redis: what they see of a backend, and where conversations stay. */
class HealthTest {

    private static final Attached WAY = Attached.FULL_DUPLEX_STREAMED;
    private static final String SPEC = """
            when: model == 'auto'
            sticky: {timeToLive: 10m}
            health: {consecutiveFailures: 3, cooldown: 500ms, maxCooldown: 3s}
            identity: {conversation: {header: x-talk}}
            """;

    private static Redis redis;
    private static RouterBed bed;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent() && Redis.binary().isPresent(), "GATEHOUSE_ENVOY or GATEHOUSE_REDIS_SERVER names no program");
        redis = Redis.start("router-health-redis");
        bed = RouterBed.start("router-health", SPEC + RouterBed.ROUTES, RouterBed.router("router-health").times(2)
                .with(Map.of("GATEHOUSE_REDIS_URL", redis.url(), "GATEHOUSE_HASH_KEY_FILE", RouterBed.key("router-health"))));
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
            redis.close();
        }
    }

    @AfterEach
    void recover() throws Exception {
        bed.coder().always(Optional.empty());
        awaitGoesTo("coder");
    }

    /** A conversation of its own each time. */
    private static String whoAnswers() throws Exception {
        String id = Client.newTestId();
        bed.ask(WAY, id, RouterBed.CODE, "x-talk", id);
        return bed.reached(id);
    }

    /** Ten in a row, so that both replicas are asked. */
    private static void awaitGoesTo(String backend) throws Exception {
        int[] inARow = {0};
        Await.until("ten requests in a row go to " + backend, () -> {
            inARow[0] = whoAnswers().equals(backend) ? inARow[0] + 1 : 0;
            return inARow[0] == 10;
        });
    }

    private static Script failing(int status, String... headers) {
        Map<String, String> fields = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        return new Script(status, fields, List.of("{}".getBytes(StandardCharsets.UTF_8)), Duration.ZERO, false);
    }

    @Test
    void aBackendThatFailsIsSkippedByAllReplicasAndComesBack() throws Exception {
        bed.coder().always(Optional.of(failing(500)));
        awaitGoesTo("talker");
        assertThat(bed.explain(RouterBed.CODE).path("signals").path("skipped").path("coder").asText()).matches("(consecutive failures|failed trial).*");
        bed.coder().always(Optional.empty());
        awaitGoesTo("coder");
    }

    @Test
    void whileItIsOutFewRequestsReachIt() throws Exception {
        bed.coder().always(Optional.of(failing(503)));
        awaitGoesTo("talker");
        long lost = 0;
        for (int i = 0; i < 100; i++) {
            lost += whoAnswers().equals("coder") ? 1 : 0;
        }
        assertThat(lost).as("trials among a hundred requests").isLessThanOrEqualTo(6);
    }

    @Test
    void aBackendThatIsRateLimitedIsLeftAloneForAsLongAsItSays() throws Exception {
        bed.coder().always(Optional.of(failing(429, "retry-after", "2")));
        whoAnswers();
        long began = System.nanoTime();
        bed.coder().always(Optional.empty());
        awaitGoesTo("talker");
        assertThat(bed.explain(RouterBed.CODE).path("signals").path("skipped").path("coder").asText()).startsWith("rate limited");
        Await.until("it comes back", () -> whoAnswers().equals("coder"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(10));
    }

    @Test
    void aStreamThatEndsInAnErrorIsAFailure() throws Exception {
        bed.coder().always(Optional.of(Script.events(List.of("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}", "{\"error\":{\"message\":\"overloaded\"}}"))));
        awaitGoesTo("talker");
    }

    @Test
    void aConversationStaysOnItsModelOverReplicasThoughItsTopicChanges() throws Exception {
        for (int i = 0; i < 6; i++) {
            String id = Client.newTestId();
            bed.ask(WAY, id, i == 0 ? RouterBed.CODE : RouterBed.CHAT, "x-talk", "one");
            if (i > 1) {
                assertThat(bed.reached(id)).as("turn %d", i).isEqualTo("coder");
            }
        }
        String other = Client.newTestId();
        bed.ask(WAY, other, RouterBed.CHAT, "x-talk", "another");
        assertThat(bed.reached(other)).isEqualTo("talker");
    }

    @Test
    void aConversationMovesWhileItsModelIsOut() throws Exception {
        String first = Client.newTestId();
        bed.ask(WAY, first, RouterBed.CODE, "x-talk", "two");
        assertThat(bed.reached(first)).isEqualTo("coder");
        bed.coder().always(Optional.of(failing(500)));
        awaitGoesTo("talker");
        String second = Client.newTestId();
        bed.ask(WAY, second, RouterBed.CODE, "x-talk", "two");
        assertThat(bed.reached(second)).isEqualTo("talker");
    }
}
