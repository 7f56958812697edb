package dev.gatehouse.state.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.state.Await;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.health.SharedHealth.Permit;
import dev.gatehouse.state.health.Standing.Circuit;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas with one Redis. */
class RedisSharedHealthTest {

    private static final CircuitRules RULES =
            new CircuitRules(3, 50, 100, Duration.ofSeconds(30), Duration.ofMillis(300), Duration.ofMinutes(1));
    private static final Key SUBJECT = Subject.model("tests", "a model").key(HealthContract.KEYS);

    private final AtomicInteger losses = new AtomicInteger();
    private RedisServer server;
    private Vertx vertx;
    private RedisState state;
    private SharedHealth here;
    private SharedHealth there;

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.start();
        vertx = Vertx.vertx();
        state = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofMillis(500), 2));
        here = replica();
        there = replica();
    }

    private SharedHealth replica() {
        return new SharedHealth(new RedisHealthStore(state), Duration.ofMillis(20), new SharedHealth.LossListener() {
            @Override
            public void lost(String reason) {
                losses.incrementAndGet();
            }

            @Override
            public void found() {
                losses.decrementAndGet();
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            here.close();
            there.close();
            state.close();
            vertx.close();
            server.close();
        }
    }

    private void fails(SharedHealth replica, int times) {
        IntStream.range(0, times).forEach(i -> replica.failed(SUBJECT, RULES, false, Duration.ZERO));
    }

    private void awaitCircuit(SharedHealth replica, Circuit circuit) {
        Await.until(() -> replica.standing(SUBJECT, RULES).circuit() == circuit);
    }

    @Test
    void whatOneReplicaSawTheOtherKnows() {
        there.standing(SUBJECT, RULES);
        fails(here, 3);
        awaitCircuit(here, Circuit.OPEN);
        awaitCircuit(there, Circuit.OPEN);
        assertThat(there.permit(SUBJECT, RULES)).isEqualTo(new Permit(false, false));
    }

    @Test
    void onlyOneRequestOfAllReplicasTriesAndTheCircuitCloses() {
        fails(here, 3);
        awaitCircuit(there, Circuit.OPEN);
        Await.until(() -> here.standing(SUBJECT, RULES).granted() || there.standing(SUBJECT, RULES).granted());
        SharedHealth tries = here.standing(SUBJECT, RULES).granted() ? here : there;
        SharedHealth waits = tries == here ? there : here;
        assertThat(tries.permit(SUBJECT, RULES)).isEqualTo(new Permit(true, true));
        assertThat(tries.permit(SUBJECT, RULES).given()).as("a second request of the same replica").isFalse();
        assertThat(waits.permit(SUBJECT, RULES).given()).isFalse();
        tries.succeeded(SUBJECT, RULES, true);
        awaitCircuit(tries, Circuit.CLOSED);
        awaitCircuit(waits, Circuit.CLOSED);
    }

    @Test
    void aFailedTrialOpensItAgain() {
        fails(here, 3);
        awaitCircuit(here, Circuit.OPEN);
        Await.until(() -> here.standing(SUBJECT, RULES).granted());
        assertThat(here.permit(SUBJECT, RULES).trial()).isTrue();
        here.failed(SUBJECT, RULES, true, Duration.ZERO);
        awaitCircuit(here, Circuit.OPEN);
        assertThat(here.standing(SUBJECT, RULES).cause()).isEqualTo(Standing.Cause.FAILED_TRIAL);
    }

    @Test
    void withoutTheStoreAReplicaDecidesByWhatItSeesItself() throws Exception {
        here.standing(SUBJECT, RULES);
        server.kill();
        Await.until(here::isLost);
        fails(here, 3);
        awaitCircuit(here, Circuit.OPEN);
        server.run();
        Await.until(() -> !here.isLost() && !there.isLost() || there.standing(SUBJECT, RULES).circuit() == Circuit.OPEN && !here.isLost());
    }
}
