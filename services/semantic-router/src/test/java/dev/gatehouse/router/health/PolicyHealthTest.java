package dev.gatehouse.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.policy.routing.Health;
import dev.gatehouse.policy.routing.Health.RateLimited;
import dev.gatehouse.router.health.Unavailable.Reason;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.health.MemoryHealthStore;
import dev.gatehouse.state.health.SharedHealth;
import dev.gatehouse.state.health.Standing;
import dev.gatehouse.state.health.Standing.Cause;
import dev.gatehouse.state.health.Standing.Circuit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What exchanges with a model make of it, from the heads and bytes of its answers. */
class PolicyHealthTest {

    private static final String MODEL = "large";

    private final SharedHealth shared = new SharedHealth(new MemoryHealthStore(100), Duration.ofMillis(10), new SharedHealth.LossListener() {
        @Override
        public void lost(String reason) {}

        @Override
        public void found() {}
    });
    private PolicyHealth health = health(RateLimited.Open, Optional.empty(), Duration.ofMinutes(1));

    private PolicyHealth health(RateLimited rateLimited, Optional<Duration> slow, Duration cooldown) {
        return new PolicyHealth(shared, new Keys(KeyedHash.random()), "default",
                new Health(Optional.empty(), 3, null, null, null, cooldown, null, rateLimited, slow), List.of(MODEL, "small"));
    }

    @AfterEach
    void stop() {
        shared.close();
    }

    private static ResponseHead head(int status, String... headers) {
        return new ResponseHead(status, Headers.of(headers), Map.of(), Metadata.empty());
    }

    private void answers(int times, ResponseHead head, String... chunks) {
        for (int i = 0; i < times; i++) {
            exchange(health.take(MODEL, true).orElseThrow(), head, Ending.COMPLETED, chunks);
        }
    }

    private static void exchange(Watch watch, ResponseHead head, Ending ending, String... chunks) {
        watch.head(head);
        for (String chunk : chunks) {
            watch.chunk(chunk.getBytes(StandardCharsets.UTF_8));
        }
        watch.close(ending);
    }

    private Standing await(Predicate<Standing> wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Standing now = health.standings().get(MODEL);
        while (!wanted.test(now)) {
            assertThat(System.nanoTime()).as("waited for long, stands %s", now).isLessThan(end);
            Thread.onSpinWait();
            now = health.standings().get(MODEL);
        }
        return now;
    }

    private Standing awaitOut() {
        return await(standing -> standing.circuit() != Circuit.CLOSED);
    }

    private void assertStays(long failures) {
        await(standing -> standing.failures() == failures && standing.requests() >= failures);
        assertThat(health.outage(MODEL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 529})
    void aModelThatFailsInARowIsOutAndOthersAreNot(int status) {
        answers(3, head(status));
        assertThat(awaitOut().cause()).isEqualTo(Cause.CONSECUTIVE_FAILURES);
        assertThat(health.outage(MODEL)).get().returns(Reason.CIRCUIT, Unavailable::reason).extracting(Unavailable::detail)
                .isEqualTo("consecutive failures, for 60 s more");
        assertThat(health.take(MODEL, false)).isEmpty();
        assertThat(health.outage("small")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void whatAClientDidWrongSaysNothingOfTheModel(int status) {
        answers(2, head(500));
        answers(20, head(status));
        assertStays(2);
    }

    @Test
    void aSuccessInBetweenEndsTheRow() {
        for (int i = 0; i < 4; i++) {
            answers(2, head(500));
            answers(1, head(200));
        }
        assertStays(8);
    }

    @Test
    void aModelThatIsRateLimitedIsLeftAloneForAsLongAsItAsks() {
        answers(1, head(429, "retry-after", "17"));
        assertThat(awaitOut()).returns(Cause.RATE_LIMITED, Standing::cause)
                .satisfies(standing -> assertThat(standing.remaining()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(17)));
    }

    @Test
    void askingForDaysIsBounded() {
        answers(1, head(429, "retry-after", "864000"));
        assertThat(awaitOut().remaining()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void withoutATimeItIsTheCooldown() {
        answers(1, head(429));
        assertThat(awaitOut().remaining()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void aServerErrorThatAsksForTimeIsGivenIt() {
        answers(1, head(503, "retry-after", "30"));
        assertThat(awaitOut().remaining()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @Test
    void rateLimitsOfClientsOwnKeysCanBeIgnoredOrCounted() {
        health = health(RateLimited.Ignore, Optional.empty(), Duration.ofMinutes(1));
        answers(2, head(500));
        answers(10, head(429, "retry-after", "17"));
        assertStays(2);
        health = health(RateLimited.Count, Optional.empty(), Duration.ofMinutes(1));
        answers(3, head(429, "retry-after", "17"));
        assertThat(awaitOut().cause()).isEqualTo(Cause.CONSECUTIVE_FAILURES);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
        "data: {\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\"}}\n\n",
        "data: {\"type\":\"response.failed\",\"response\":{}}\n\n"})
    void aStreamThatEndsInAnErrorIsAFailureThoughItBeganWell(String error) {
        String first = "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n";
        answers(3, head(200, "content-type", "text/event-stream"), first, error.substring(0, 9), error.substring(9));
        awaitOut();
    }

    @Test
    void anAnswerThatSpeaksOfErrorsIsNone() {
        String event = "data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"error\\\": 1} failed event: error\"}}],\"error\":null}\n\n";
        answers(2, head(500));
        answers(1, head(200, "content-type", "text/event-stream"), event, "data: [DONE]\n\n");
        answers(2, head(500));
        assertStays(4);
    }

    @Test
    void aRefusalOfAnotherServiceSaysNothingOfTheModel() {
        Metadata replied = Metadata.of(HandOver.NAMESPACE, Map.of("replied_by", "response-risk"));
        answers(2, head(500));
        answers(10, new ResponseHead(503, Headers.empty(), Map.of(), replied));
        assertStays(2);
    }

    @Test
    void aClientThatGoesAwaySaysNothing() {
        answers(2, head(500));
        for (int i = 0; i < 10; i++) {
            health.take(MODEL, false).orElseThrow().close(Ending.ABORTED);
        }
        assertStays(2);
    }

    @Test
    void streamsThatBeginLateAreFailuresWhereThePolicySaysHowLate() {
        health = health(RateLimited.Open, Optional.of(Duration.ofMillis(10)), Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            Watch watch = health.take(MODEL, true).orElseThrow();
            watch.head(head(200, "content-type", "text/event-stream"));
            late();
            watch.chunk("data: {}\n\n".getBytes(StandardCharsets.UTF_8));
            watch.close(Ending.COMPLETED);
        }
        awaitOut();
    }

    @Test
    void soAreThoseThatClientsGiveUpWaitingFor() {
        health = health(RateLimited.Open, Optional.of(Duration.ofMillis(10)), Duration.ofMinutes(1));
        for (int i = 0; i < 3; i++) {
            Watch watch = health.take(MODEL, true).orElseThrow();
            late();
            watch.close(Ending.ABORTED);
        }
        awaitOut();
    }

    private static void late() {
        long end = System.nanoTime() + Duration.ofMillis(15).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void afterTheCooldownOneRequestTriesAndItsFirstByteClosesTheCircuit() {
        health = health(RateLimited.Open, Optional.empty(), Duration.ofMillis(100));
        answers(3, head(500));
        awaitOut();
        await(Standing::granted);
        assertThat(health.outage(MODEL)).isEmpty();
        Watch trial = health.take(MODEL, true).orElseThrow();
        assertThat(health.take(MODEL, true)).as("a second request").isEmpty();
        assertThat(health.outage(MODEL)).get().extracting(Unavailable::detail).isEqualTo("consecutive failures, being tried");
        trial.head(head(200, "content-type", "text/event-stream"));
        trial.chunk("data: {}\n\n".getBytes(StandardCharsets.UTF_8));
        await(standing -> standing.circuit() == Circuit.CLOSED);
    }

    @Test
    void aTrialThatFailsOpensItForLonger() {
        health = health(RateLimited.Open, Optional.empty(), Duration.ofMillis(100));
        answers(3, head(500));
        awaitOut();
        await(Standing::granted);
        exchange(health.take(MODEL, false).orElseThrow(), head(502), Ending.COMPLETED);
        await(standing -> standing.cause() == Cause.FAILED_TRIAL);
    }

    @Test
    void aTrialWhoseClientLeftIsTriedByTheNext() {
        health = health(RateLimited.Open, Optional.empty(), Duration.ofMillis(100));
        answers(3, head(500));
        awaitOut();
        await(Standing::granted);
        health.take(MODEL, false).orElseThrow().close(Ending.ABORTED);
        await(Standing::granted);
        assertThat(health.take(MODEL, false)).isPresent();
    }

    @Test
    void aModelThatIsForcedWhileItIsOutIsWatchedToo() {
        answers(3, head(500));
        awaitOut();
        exchange(health.force(MODEL, false), head(429, "retry-after", "200"), Ending.COMPLETED);
        assertThat(await(standing -> standing.cause() == Cause.RATE_LIMITED).remaining()).isGreaterThan(Duration.ofSeconds(100));
    }
}
