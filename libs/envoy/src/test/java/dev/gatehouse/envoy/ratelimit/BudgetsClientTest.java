package dev.gatehouse.envoy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.ratelimit.Budgets.Budget;
import dev.gatehouse.envoy.ratelimit.Budgets.Candidate;
import dev.gatehouse.envoy.ratelimit.Budgets.Question;
import dev.gatehouse.envoy.ratelimit.RateLimiter.Unanswerable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against the real service, over a real connection. */
class BudgetsClientTest {

    private static final Question QUESTION = new Question("ada", "maths", "talk", Map.of("header.x-team", "blue"),
            List.of(new Candidate("cheap", "small", "", 10, 20), new Candidate("dear", "large", "gpu", 30, 0)));

    private Question asked;
    private CompletionStage<List<Budget>> answer;
    private EnvoyServer server;
    private BudgetsClient client;

    @BeforeEach
    void start() throws Exception {
        Budgets budgets = question -> {
            asked = question;
            return answer;
        };
        server = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0), List.of(new BudgetsService(budgets)), List.of());
        client = client(Duration.ofSeconds(10));
    }

    private BudgetsClient client(Duration deadline) throws Exception {
        return new BudgetsClient(new BudgetsClient.Settings("127.0.0.1:" + server.port(), Optional.empty(), deadline));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static List<Budget> ask(BudgetsClient one) throws Exception {
        return one.peek(QUESTION).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void theQuestionAndTheAnswerComeWhole() throws Exception {
        List<Budget> budgets = List.of(new Budget("cheap", true, "", 0, 0, Duration.ZERO),
                new Budget("dear", false, "team/tokens", 0, 1_000, Duration.ofMillis(90_500)));
        answer = CompletableFuture.completedStage(budgets);
        assertThat(ask(client)).isEqualTo(budgets);
        assertThat(asked).isEqualTo(QUESTION);
    }

    @Test
    void aServiceThatCannotReadItsCountersIsNoAnswer() {
        answer = CompletableFuture.failedStage(new Unanswerable("the store is away"));
        assertUnanswerable(client, "UNAVAILABLE");
    }

    @Test
    void aServiceThatIsSilentIsNoAnswerAfterTheDeadline() throws Exception {
        answer = new CompletableFuture<>();
        try (BudgetsClient hasty = client(Duration.ofMillis(50))) {
            assertUnanswerable(hasty, "DEADLINE_EXCEEDED");
        }
    }

    @Test
    void aServiceThatIsNotThereIsNoAnswer() {
        server.close();
        assertUnanswerable(client, "UNAVAILABLE");
    }

    @Test
    void anAnswerToAnotherQuestionIsNone() {
        answer = CompletableFuture.completedStage(List.of(new Budget("cheap", true, "", 0, 0, Duration.ZERO)));
        assertUnanswerable(client, "another question");
    }

    private static void assertUnanswerable(BudgetsClient one, String why) {
        assertThatThrownBy(() -> ask(one)).isInstanceOf(ExecutionException.class).cause().isInstanceOf(Unanswerable.class).hasMessageContaining(why);
    }
}
