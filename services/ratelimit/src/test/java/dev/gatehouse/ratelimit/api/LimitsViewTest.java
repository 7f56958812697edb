package dev.gatehouse.ratelimit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.ratelimit.Table;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final Table table = Table.with("""
            estimate: {output: MaxTokens}
            prices: {models: {gpt-4o: {input: 2.5, output: 10}}}
            limits:
              - {name: tokens, key: [{header: x-team, visible: true}], quota: {amount: 1000, window: 24h, algorithm: FixedWindow}}
              - {name: money, quota: {amount: 12.5, unit: Cost, window: Month}, mode: Shadow}
              - {name: at-once, concurrency: 5}
            """);
    private final LimitsView view = new LimitsView(table.feature().policies(), table.limiter().keys(), table.limiter().admitter().stores());

    @Test
    void limitsAreListedWithTheirUnits() throws Exception {
        JsonNode limits = JSON.readTree(view.limits()).get("limits");
        assertThat(limits).hasSize(3);
        assertThat(limits.get(0).toString()).isEqualTo("{\"policy\":\"ai/teams\",\"limit\":\"tokens\",\"unit\":\"Tokens\",\"amount\":1000,"
                + "\"window\":\"24h\",\"algorithm\":\"FixedWindow\",\"mode\":\"Enforce\",\"keys\":0}");
        assertThat(limits.get(1).get("amount").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(limits.get(1).get("mode").asText()).isEqualTo("Shadow");
        assertThat(limits.get(2).get("unit").asText()).isEqualTo("InFlight");
    }

    @Test
    void aKeyShowsWhatIsUsedAndReservedAndItsResetEmptiesIt() throws Exception {
        table.ask("/v1/chat/completions", CHAT, "x-team", "a").answered(200, "{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}");
        table.ask("/v1/chat/completions", CHAT, "x-team", "a");
        table.ask("/v1/chat/completions", CHAT, "x-team", "b");
        JsonNode keys = JSON.readTree(view.keys("ai/teams", "tokens").orElseThrow()).get("keys");
        assertThat(keys).hasSize(2);
        JsonNode tightest = keys.get(0);
        assertThat(tightest.get("key").get(0).asText()).isEqualTo("a");
        assertThat(tightest.get("used").asLong()).isEqualTo(15);
        assertThat(tightest.get("reserved").asLong()).isEqualTo(108);
        assertThat(tightest.get("remaining").asLong()).isEqualTo(1000 - 15 - 108);
        assertThat(view.reset("ai/teams", "tokens", Optional.of(tightest.get("id").asText()))).map(String::new).contains("{\"reset\":1}");
        JsonNode after = JSON.readTree(view.keys("ai/teams", "tokens").orElseThrow()).get("keys");
        assertThat(after.get(0).get("key").get(0).asText()).as("now the tightest").isEqualTo("b");
        assertThat(after.get(1).get("used").asLong()).isZero();
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(view.keys("ai/teams", "minutes")).isEmpty();
        assertThat(view.keys("ai/other", "tokens")).isEmpty();
        assertThat(view.reset("ai/teams", "minutes", Optional.empty())).isEmpty();
        assertThat(view.reset("ai/teams", "tokens", Optional.of("nonsense"))).map(String::new).contains("{\"reset\":0}");
    }
}
