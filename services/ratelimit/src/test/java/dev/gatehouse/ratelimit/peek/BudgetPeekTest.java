package dev.gatehouse.ratelimit.peek;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.ratelimit.Budgets.Budget;
import dev.gatehouse.envoy.ratelimit.Budgets.Candidate;
import dev.gatehouse.envoy.ratelimit.Budgets.Question;
import dev.gatehouse.ratelimit.Table;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.MemoryLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a peek tells of budgets that exchanges have used. */
class BudgetPeekTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String SPEC = """
            limits:
              - name: per-model
                key: [{attribute: Tenant}, {attribute: Model}]
                quota: {amount: 2, unit: Requests, window: 1h}
              - name: tokens
                key: [{attribute: Tenant}]
                quota: {amount: 1000, unit: Tokens, window: 1h}
              - name: watched
                mode: Shadow
                quota: {amount: 1, unit: Requests, window: 1h}
            identity: {tenant: [{header: {name: x-team, setBy: {name: "*"}}}]}
            """;

    private final MemoryLimits store = new MemoryLimits(100);
    private final Table table = Table.over(store, SPEC);

    @Test
    void aCandidateWhoseBudgetIsGoneIsNotAdmittedAndTheOthersAre() {
        ask("big", 2);
        List<Budget> budgets = peek(candidate("big", 10, 10), candidate("small", 10, 10));
        assertThat(budgets).extracting(Budget::candidate).containsExactly("big", "small");
        assertThat(budgets.get(0).admitted()).isFalse();
        assertThat(budgets.get(0).limit()).isEqualTo("ai/teams/per-model");
        assertThat(budgets.get(0).remaining()).isZero();
        assertThat(budgets.get(0).amount()).isEqualTo(2);
        assertThat(budgets.get(0).reset()).isPositive();
        assertThat(budgets.get(1).admitted()).isTrue();
    }

    @Test
    void aCandidateIsNotAdmittedWhereItsTokensDoNotFit() {
        assertThat(peek(candidate("big", 100, 5000)).getFirst().admitted()).as("no request may take more than the budget holds").isTrue();
        ask("other", 1);
        assertThat(peek(candidate("big", 2000, 0)).getFirst().admitted()).isFalse();
        assertThat(peek(candidate("big", 10, 10)).getFirst().admitted()).isTrue();
    }

    @Test
    void aPeekTakesNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(peek(candidate("big", 10, 10)).getFirst().admitted()).isTrue();
        }
    }

    private void ask(String model, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(table.ask(CHAT, "{\"model\":\"" + model + "\",\"max_tokens\":10,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                    "x-team", "red").forwarded()).isTrue();
        }
    }

    private List<Budget> peek(Candidate... candidates) {
        BudgetPeek peek = new BudgetPeek(table.feature().policies(), table.limiter().proposer(), AsyncLimits.atOnce(store), table.limiter().hash());
        return peek.peek(new Question("", "red", "", Map.of("path", CHAT), List.of(candidates))).toCompletableFuture().join();
    }

    private static Candidate candidate(String model, long input, long output) {
        return new Candidate(model, model, "", input, output);
    }
}
