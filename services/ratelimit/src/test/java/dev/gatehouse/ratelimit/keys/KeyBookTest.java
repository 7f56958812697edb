package dev.gatehouse.ratelimit.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.ratelimit.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyBookTest {

    @Test
    void namesAreShownAndAllElseIsHashed() {
        Table table = Table.with("""
                limits:
                  - name: l
                    key: [{attribute: Model}, {attribute: Principal}, {attribute: ApiKey}, {header: x-team, visible: true}, {header: x-other}]
                    quota: {amount: 100, unit: Requests, window: 1m}
                """);
        Metadata claims = Metadata.of("envoy.filters.http.jwt_authn", Map.of("payload", Map.of("sub", "ada@example.org")));
        table.ask("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[]}", claims,
                "authorization", "Bearer sk-secret", "x-team", "research", "x-other", "private");
        List<String> label = table.limiter().keys().of("ai/teams", "l").getFirst().label();
        assertThat(label.get(0)).isEqualTo("gpt-4o");
        assertThat(label.get(1)).matches("#[0-9a-f]{12}");
        assertThat(label.get(2)).matches("#[0-9a-f]{12}");
        assertThat(label.get(3)).isEqualTo("research");
        assertThat(label.get(4)).matches("#[0-9a-f]{12}");
        assertThat(label.toString()).doesNotContain("ada", "secret", "private");
    }

    @Test
    void aVisibleValueThatIsNoNameIsHashedAndAMissingOneSaid() {
        Table table = Table.with("""
                limits: [{name: l, key: [{header: x-team, visible: true}], quota: {amount: 100, unit: Requests, window: 1m}}]
                """);
        table.ask("/v1/models", "", "x-team", "a sentence, not a name");
        table.ask("/v1/models", "");
        List<List<String>> labels = table.limiter().keys().of("ai/teams", "l").stream().map(SeenKey::label).toList();
        assertThat(labels).hasSize(2).contains(List.of("(none)"));
        assertThat(labels.toString()).doesNotContain("sentence");
    }

    @Test
    void anotherLimitsKeysAreNotAmongThem() {
        Table table = Table.with("""
                limits:
                  - {name: one, quota: {amount: 100, unit: Requests, window: 1m}}
                  - {name: two, key: [{header: x-team}], quota: {amount: 100, unit: Requests, window: 1m}}
                """);
        table.ask("/v1/models", "", "x-team", "a");
        table.ask("/v1/models", "", "x-team", "b");
        assertThat(table.limiter().keys().of("ai/teams", "one")).hasSize(1);
        assertThat(table.limiter().keys().of("ai/teams", "two")).hasSize(2);
        assertThat(table.limiter().keys().of("ai/other", "two")).isEmpty();
    }
}
