package dev.gatehouse.ratelimit.admit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.ratelimit.compile.LimitCompiler;
import dev.gatehouse.state.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetsTest {

    private final Budgets budgets = new Budgets(new Keys(KeyedHash.random()), () -> Overrides.NONE);
    private final CompiledLimits policy = new LimitCompiler().compile(Documents.parse("p.yaml", """
            apiVersion: gatehouse.dev/v1alpha1
            kind: TokenRateLimitPolicy
            metadata: {name: p, uid: some-uid}
            spec:
              targetRefs: [{kind: Gateway, name: g}]
              limits:
                - {name: requests, key: [{header: x-team}], quota: {amount: 10, unit: Requests, window: 1m}}
                - {name: tokens, key: [{header: x-team}], quota: {amount: 10, window: 1m}}
                - {name: all, quota: {amount: 100, window: 1m}}
            """).documents().getFirst().bind(TokenRateLimitPolicy.class));

    @Test
    void limitsOfAPolicyWithTheSameValuesShareASlotAndOthersSpread() {
        assertThat(tag(0, "acme")).startsWith("some-uid.").isEqualTo(tag(1, "acme")).isNotEqualTo(tag(0, "umbrella"));
        assertThat(tag(2)).isEqualTo("some-uid");
    }

    private String tag(int limit, String... values) {
        return budgets.of(policy, policy.limits().get(limit), List.of(values)).bucket().key().tag();
    }
}
