package dev.gatehouse.router.budget;

import dev.gatehouse.envoy.ratelimit.Budgets;
import dev.gatehouse.envoy.ratelimit.Budgets.Budget;
import dev.gatehouse.envoy.ratelimit.Budgets.Candidate;
import dev.gatehouse.envoy.ratelimit.Budgets.Question;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.router.health.AskGate;
import dev.gatehouse.router.health.Asker;
import dev.gatehouse.router.health.Unavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for all candidates in one call, within a deadline; where there is no answer in time all have budget, and after some such
 * failures nobody waits for the service until it answers again. A candidate is out where nothing is left of a budget: what the request
 * itself will take is not known here, and the rate limit service has reserved it before us. The requested model is not asked for
 * where that service has just admitted it. Thread-safe.
 */
public final class BudgetCheck {

    /** Header fields that are somebody's key: no limit is asked by them. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key");
    private static final int MAX_HEADERS = 64;
    private static final int MAX_VALUE = 1_024;

    private final Budgets budgets;
    private final Duration deadline;
    private final AskGate gate = new AskGate();

    /**
     * @param budgets  the rate limit service
     * @param deadline the longest that a request waits for it, 5 ms as a rule
     */
    public BudgetCheck(Budgets budgets, Duration deadline) {
        this.budgets = budgets;
        this.deadline = deadline;
    }

    /** Candidates of which nothing may be spent any more. */
    public Map<String, Unavailable> spent(Asker asker, List<String> models) {
        List<String> asked = models.stream().filter(model -> !isAdmitted(asker, model)).distinct().limit(Question.MAX_CANDIDATES).toList();
        return asked.isEmpty() || !gate.mayAsk() ? Map.of() : spent(ask(question(asker, asked)).orElse(List.of()));
    }

    private static boolean isAdmitted(Asker asker, String model) {
        boolean passed = asker.head().handOver().get(HandOver.PATH).filter(path -> List.of(path.split(",")).contains("ratelimit")).isPresent();
        return passed && asker.requested().filter(model::equals).isPresent();
    }

    private Optional<List<Budget>> ask(Question question) {
        try {
            List<Budget> told = budgets.peek(question).toCompletableFuture().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            gate.answered();
            return Optional.of(told);
        } catch (ExecutionException | TimeoutException e) {
            gate.failed();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Map<String, Unavailable> spent(List<Budget> budgets) {
        Map<String, Unavailable> spent = new HashMap<>();
        for (Budget budget : budgets) {
            if (!budget.admitted()) {
                spent.put(budget.candidate(), new Unavailable(Unavailable.Reason.BUDGET, words(budget)));
            }
        }
        return spent;
    }

    private static String words(Budget budget) {
        return "limit " + budget.limit() + ": " + budget.remaining() + " of " + budget.amount() + " left";
    }

    private static Question question(Asker asker, List<String> models) {
        Identity identity = asker.identity();
        return new Question(identity.principal().orElse(""), identity.tenant().orElse(""), identity.conversation().orElse(""), attributes(asker),
                models.stream().map(model -> new Candidate(model, model, "", 0, 0)).toList());
    }

    private static Map<String, String> attributes(Asker asker) {
        Map<String, String> attributes = new HashMap<>();
        asker.head().attributes().forEach((name, value) -> {
            if (value instanceof String text) {
                attributes.put(name, text);
            }
        });
        asker.head().headers().fields().stream().filter(field -> !CREDENTIALS.contains(field.name()) && field.value().length() <= MAX_VALUE)
                .limit(MAX_HEADERS).forEach(field -> attributes.putIfAbsent("header." + field.name(), field.value()));
        attributes.put("method", asker.head().method());
        attributes.put("host", asker.head().authority());
        attributes.put("path", asker.head().path());
        return attributes;
    }
}
