package dev.gatehouse.router.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.ratelimit.Budgets;
import dev.gatehouse.envoy.ratelimit.Budgets.Budget;
import dev.gatehouse.envoy.ratelimit.Budgets.Question;
import dev.gatehouse.envoy.ratelimit.RateLimiter.Unanswerable;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.router.health.Asker;
import dev.gatehouse.router.health.Unavailable;
import dev.gatehouse.router.health.Unavailable.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class BudgetCheckTest {

    private final List<Question> asked = new ArrayList<>();
    private CompletionStage<List<Budget>> answer = CompletableFuture.completedStage(List.of(
            new Budget("small", true, "team/tokens", 50, 100, Duration.ZERO), new Budget("large", false, "team/money", 0, 1_000, Duration.ofHours(3))));
    private final BudgetCheck check = new BudgetCheck(new Recording(), Duration.ofSeconds(5));

    private final class Recording implements Budgets {
        @Override
        public CompletionStage<List<Budget>> peek(Question question) {
            asked.add(question);
            return answer;
        }
    }

    private static Asker asker(String path, String requested) {
        Metadata passed = Metadata.of("gatehouse", Map.of("path", path));
        Headers headers = Headers.of("x-team", "blue", "authorization", "Bearer secret", "cookie", "a=b", "x-api-key", "k");
        RequestHead head = new RequestHead("POST", "models.example.org", "/v1/chat/completions", headers, Map.of("xds.route_name", "r"), passed,
                Optional.empty(), new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.BUFFERED, Attachment.BodyMode.NONE));
        return new Asker(new Identity(Optional.of("ada"), Optional.of("maths"), Optional.empty()), head, Optional.of(requested));
    }

    @Test
    void aCandidateWhoseBudgetIsSpentIsOutAndAllAreAskedForAtOnce() {
        assertThat(check.spent(asker("guard", "auto"), List.of("small", "large")))
                .isEqualTo(Map.of("large", new Unavailable(Reason.BUDGET, "limit team/money: 0 of 1000 left")));
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().candidates()).extracting(Budgets.Candidate::model).containsExactly("small", "large");
    }

    @Test
    void theQuestionSaysWhoAsksAndHoldsNoKeys() {
        check.spent(asker("", "auto"), List.of("small"));
        assertThat(asked.getFirst()).returns("ada", Question::principal).returns("maths", Question::tenant).returns("", Question::conversation);
        assertThat(asked.getFirst().attributes()).containsOnlyKeys("xds.route_name", "header.x-team", "method", "host", "path")
                .containsEntry("header.x-team", "blue");
    }

    @Test
    void theModelThatTheRateLimitJustAdmittedIsNotAskedFor() {
        check.spent(asker("ratelimit,guard", "large"), List.of("small", "large"));
        check.spent(asker("guard", "large"), List.of("small", "large"));
        assertThat(asked).extracting(question -> question.candidates().size()).containsExactly(1, 2);
    }

    @Test
    void withoutAnAnswerAllHaveBudgetAndSoonNobodyAsks() {
        answer = CompletableFuture.failedStage(new Unanswerable("UNAVAILABLE"));
        for (int i = 0; i < 20; i++) {
            assertThat(check.spent(asker("", "auto"), List.of("small", "large"))).isEmpty();
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void aLateAnswerIsNone() {
        answer = new CompletableFuture<>();
        BudgetCheck hasty = new BudgetCheck(new Recording(), Duration.ofMillis(5));
        long began = System.nanoTime();
        assertThat(hasty.spent(asker("", "auto"), List.of("small", "large"))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(5), Duration.ofMillis(500));
    }
}
