package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.ratelimit.Table.Played;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final String CHAT = "/v1/chat/completions";

    private static String chat(int maxTokens) {
        return "{\"model\":\"gpt-4o\",\"max_tokens\":" + maxTokens + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    @Test
    void requestsUnderWayReserveWhatTheyMayTake() {
        Table table = Table.with("""
                estimate: {output: MaxTokens}
                limits: [{name: tokens, quota: {amount: 1000, window: 1m, algorithm: FixedWindow}}]
                """);
        assertThat(table.ask(CHAT, chat(400)).forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(400)).forwarded()).isTrue();
        Played third = table.ask(CHAT, chat(400));
        assertThat(third.forwarded()).isFalse();
        assertThat(table.ask(CHAT, chat(100)).forwarded()).as("a smaller one still fits").isTrue();
        LocalReply reply = third.reply().reply();
        assertThat(reply.status()).isEqualTo(429);
        assertThat(third.replyText()).contains("\"code\":\"rate_limit_exceeded\"", "limit 1000 tokens", "policy ai/teams");
        assertThat(Long.parseLong(reply.headers().first("retry-after").orElseThrow())).isBetween(1L, 60L);
        assertThat(reply.headers().first("x-ratelimit-limit-tokens")).contains("1000");
        assertThat(reply.headers().first("ratelimit-policy")).contains("\"tokens\";q=1000;qu=\"tokens\";w=60");
        assertThat(reply.headers().first("ratelimit").orElseThrow()).startsWith("\"tokens\";r=");
    }

    @Test
    void oneLimitOverTakesNothingFromTheOthers() {
        Table table = Table.with("""
                limits:
                  - {name: many, quota: {amount: 10, unit: Requests, window: 1m, algorithm: FixedWindow}}
                  - {name: few, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}}
                """);
        assertThat(table.ask("/v1/models", "", "x-team", "a").forwarded()).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(table.ask("/v1/models", "", "x-team", "a").replyText()).contains("Limit few of policy ai/teams");
        }
        for (String team : new String[] {"b", "c", "d", "e", "f", "g", "h", "i", "j"}) {
            assertThat(table.ask("/v1/models", "", "x-team", team).forwarded()).as(team).isTrue();
        }
        assertThat(table.ask("/v1/models", "", "x-team", "k").replyText()).contains("Limit many of policy ai/teams");
    }

    @Test
    void aKeyOfSeveralPartsTellsRequestsApart() {
        Table table = Table.with("""
                limits:
                  - name: l
                    key: [{attribute: Model}, {attribute: ClientAddress}, {claim: {path: [payload, org]}}, {cel: "request.headers['x-a'] + request.method"}]
                    quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}
                """);
        Metadata org = Metadata.of("envoy.filters.http.jwt_authn", Map.of("payload", Map.of("org", "acme")));
        assertThat(table.ask(CHAT, chat(1), org, "x-a", "1").forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(1), org, "x-a", "1").forwarded()).isFalse();
        assertThat(table.ask(CHAT, chat(1), org, "x-a", "2").forwarded()).as("another header").isTrue();
        assertThat(table.ask(CHAT, chat(1), "x-a", "1").forwarded()).as("no claim").isTrue();
        assertThat(table.ask(CHAT, chat(1).replace("gpt-4o", "gpt-5"), org, "x-a", "1").forwarded()).as("another model").isTrue();
    }

    @Test
    void anApiKeyCountsUnderAnyHeaderItComesIn() {
        Table table = Table.with("""
                limits: [{name: l, key: [{attribute: ApiKey}], quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}}]
                """);
        assertThat(table.ask("/v1/models", "", "authorization", "Bearer sk-1").forwarded()).isTrue();
        assertThat(table.ask("/v1/models", "", "authorization", "bearer  sk-1").forwarded()).isFalse();
        assertThat(table.ask("/v1/models", "", "x-api-key", "sk-1").forwarded()).isFalse();
        assertThat(table.ask("/v1/models", "", "authorization", "Bearer sk-2").forwarded()).isTrue();
    }

    @Test
    void aConditionChoosesRequestsAndOneWithoutAValueHolds() {
        Table table = Table.with("""
                limits:
                  - name: l
                    when: request.headers['x-tier'] == 'free' && model.startsWith('gpt')
                    quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}
                """);
        assertThat(table.ask(CHAT, chat(1), "x-tier", "free").forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(1), "x-tier", "free").forwarded()).isFalse();
        assertThat(table.ask(CHAT, chat(1), "x-tier", "paid").forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(1)).forwarded()).as("a limit is not lost to a missing header").isFalse();
    }

    @Test
    void anOverrideRaisesAKey() {
        Table table = Table.with("""
                limits:
                  - name: l
                    key: [{header: x-team}]
                    quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}
                    overrides: [{values: [research], amount: 3}]
                """);
        for (int i = 0; i < 3; i++) {
            assertThat(table.ask("/v1/models", "", "x-team", "research").forwarded()).isTrue();
        }
        assertThat(table.ask("/v1/models", "", "x-team", "research").forwarded()).isFalse();
        assertThat(table.ask("/v1/models", "", "x-team", "sales").forwarded()).isTrue();
        assertThat(table.ask("/v1/models", "", "x-team", "sales").forwarded()).isFalse();
    }

    @Test
    void aShadowedLimitRefusesNobodyAndCounts() {
        Table table = Table.with("""
                limits:
                  - {name: l, mode: Shadow, quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}}
                """);
        assertThat(table.ask("/v1/models", "").forwarded()).isTrue();
        assertThat(table.ask("/v1/models", "").forwarded()).isTrue();
        assertThat(table.meters().counter("gatehouse.ratelimit.refusals", "policy", "ai/teams", "limit", "l", "mode", "shadow").count()).isEqualTo(1);
    }

    @Test
    void requestsInFlightAreLimitedUntilTheirAnswersEnd() {
        Table table = Table.with("""
                limits: [{name: two, concurrency: 2}]
                """);
        Played first = table.ask(CHAT, chat(1));
        assertThat(table.ask(CHAT, chat(1)).forwarded()).isTrue();
        Played third = table.ask(CHAT, chat(1));
        assertThat(third.replyText()).contains("2 requests in flight");
        assertThat(third.reply().reply().headers().first("retry-after")).contains("1");
        first.answered(200, "{}");
        assertThat(table.ask(CHAT, chat(1)).forwarded()).isTrue();
    }

    @Test
    void aRequestThatCanNeverFitIsToldSo() {
        Table table = Table.with("""
                limits: [{name: tokens, quota: {amount: 10, window: 1m}}]
                """);
        Played large = table.ask(CHAT, "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "many words ".repeat(20) + "\"}]}");
        assertThat(large.replyText()).contains("\"code\":\"request_exceeds_limit\"");
        assertThat(large.reply().reply().headers().first("x-should-retry")).contains("false");
        assertThat(large.reply().reply().headers().first("retry-after")).isEmpty();
    }

    @Test
    void aHugeMaxTokensIsNoReasonNeverToAdmit() {
        Table table = Table.with("""
                estimate: {output: MaxTokens}
                limits: [{name: tokens, quota: {amount: 100, window: 1m}}]
                """);
        assertThat(table.ask(CHAT, chat(1_000_000)).forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(1)).forwarded()).as("the whole bucket is reserved").isFalse();
    }

    @Test
    void theLargerOfTwoBoundsAndAllChoicesAreReserved() {
        Table table = Table.with("""
                estimate: {output: MaxTokens}
                limits: [{name: out, quota: {amount: 1000, unit: OutputTokens, window: 1m, algorithm: FixedWindow}}]
                """);
        String twice = "{\"model\":\"gpt-4o\",\"max_tokens\":1,\"max_completion_tokens\":300,\"n\":3,\"messages\":[]}";
        Played played = table.ask(CHAT, twice);
        assertThat(played.forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(100)).forwarded()).as("900 of 1000 are reserved").isTrue();
        assertThat(table.ask(CHAT, chat(1)).forwarded()).isFalse();
    }

    @Test
    void aClientWithAHugeMaxTokensAndShortAnswersDoesNotStarve() {
        Table table = Table.with("""
                limits: [{name: tokens, quota: {amount: 10000, window: 1m, algorithm: FixedWindow}}]
                """);
        String request = chat(9000);
        for (int i = 0; i < 6; i++) {
            table.ask(CHAT, request).answered(200, "{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20}}");
        }
        for (int i = 0; i < 50; i++) {
            assertThat(table.ask(CHAT, request).forwarded()).as("request %d under way", i).isTrue();
        }
    }

    @Test
    void aBudgetOfALongWindowIsNoRate() {
        Table table = Table.with("""
                limits: [{name: month, quota: {amount: 1, unit: Requests, window: Month}}]
                """);
        assertThat(table.ask("/v1/models", "").forwarded()).isTrue();
        Played second = table.ask("/v1/models", "");
        assertThat(second.replyText()).contains("\"code\":\"insufficient_quota\"");
        assertThat(second.reply().reply().headers().first("x-should-retry")).contains("false");
    }

    @Test
    void theReplyHasTheProvidersShape() {
        Table table = Table.with("""
                limits: [{name: l, quota: {amount: 1, unit: Requests, window: 1m, algorithm: FixedWindow}}]
                """);
        table.ask("/v1/models", "");
        Played anthropic = table.ask("/v1/messages", "{\"model\":\"claude-sonnet-4\",\"max_tokens\":5,\"messages\":[]}");
        assertThat(anthropic.replyText()).contains("\"type\":\"error\"", "\"type\":\"rate_limit_error\"");
        Headers headers = anthropic.reply().reply().headers();
        assertThat(headers.first("anthropic-ratelimit-requests-limit")).contains("1");
        assertThat(headers.first("anthropic-ratelimit-requests-reset").orElseThrow()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(headers.first("x-ratelimit-limit-requests")).isEmpty();
        assertThat(table.ask("/v1beta/models/gemini-2.5-pro:generateContent", "{\"contents\":[]}").replyText()).contains("RESOURCE_EXHAUSTED");
    }

    @Test
    void aModelWithoutAPriceIsRefusedWhereMoneyIsLimited() {
        Table table = Table.with("""
                prices: {models: {gpt-4o: {input: 2.5, output: 10}}}
                limits: [{name: money, quota: {amount: 1, unit: Cost, window: 24h}}]
                """);
        assertThat(table.ask(CHAT, chat(5)).forwarded()).isTrue();
        assertThat(table.ask(CHAT, chat(5).replace("gpt-4o", "other")).replyText()).contains("model_without_price");
        assertThat(table.ask("/v1/models", "").forwarded()).isTrue();
    }

    @Test
    void whatReadsInTwoWaysIsRefused() {
        Table table = Table.with("""
                limits: [{name: l, key: [{attribute: Model}], quota: {amount: 1, window: 1m}}]
                """);
        Played twice = table.ask(CHAT, "{\"model\":\"a\",\"model\":\"b\",\"messages\":[]}");
        assertThat(twice.reply().reply().status()).isEqualTo(400);
        assertThat(twice.replyText()).contains("malformed_json");
    }

    @Test
    void whoAsksIsHandedOver() {
        Table table = Table.with("""
                limits: [{name: l, quota: {amount: 1, unit: Requests, window: 1m}}]
                """);
        Metadata claims = Metadata.of("envoy.filters.http.jwt_authn", Map.of("payload", Map.of("sub", "ada", "iss", "idp")));
        assertThat(table.ask("/v1/models", "", claims).forward().handOver().get(HandOver.PRINCIPAL)).contains("idp|ada");
        assertThat(table.ask("/v1/models", "", claims).reply().reply().handOver().get(HandOver.PRINCIPAL)).contains("idp|ada");
    }

    @Test
    void anAttachmentWithoutAnswersKeepsOnlyWhatItCan() {
        Attachment authz = new Attachment(Protocol.EXT_AUTHZ_GRPC, BodyMode.BUFFERED, BodyMode.NONE);
        Table tokens = Table.with("""
                failureMode: FailClosed
                limits: [{name: l, quota: {amount: 100, window: 1m}}]
                """).attached(authz);
        Played refused = tokens.ask(CHAT, chat(1));
        assertThat(refused.reply().reply().status()).isEqualTo(503);
        assertThat(refused.replyText()).contains("unsupported_by_attachment", "READ_RESPONSE");
        Table requests = Table.with("""
                failureMode: FailClosed
                limits: [{name: l, quota: {amount: 1, unit: Requests, window: 1m}}, {name: i, quota: {amount: 1000, unit: InputTokens, window: 1m}}]
                """).attached(authz);
        assertThat(requests.ask(CHAT, chat(1)).forwarded()).isTrue();
        assertThat(requests.ask(CHAT, chat(1)).replyText()).contains("Limit l");
        Table estimated = Table.with("""
                failureMode: FailClosed
                settle: Estimate
                limits: [{name: l, quota: {amount: 100, window: 1m}}]
                """).attached(authz);
        assertThat(estimated.ask(CHAT, chat(1)).forwarded()).isTrue();
    }
}
