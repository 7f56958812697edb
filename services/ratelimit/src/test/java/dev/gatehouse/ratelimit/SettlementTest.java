package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.policy.limit.OnStateLoss;
import dev.gatehouse.ratelimit.Table.Played;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String SSE = "text/event-stream";
    private static final String REQUEST = "{\"model\":\"gpt-4o\",\"max_tokens\":400,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    /** What the counter says of {@link #REQUEST}; the provider's numbers below differ from it, so that one is told from the other. */
    private static final long COUNTED_INPUT = 8;
    private static final String ONE_WORD = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"}}]}\n\n";
    private static final String END = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":5,\"total_tokens\":16}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final Table table = Table.with("""
            estimate: {output: MaxTokens}
            limits: [{name: tokens, key: [{header: x-team}], quota: {amount: 1000, window: 24h, algorithm: FixedWindow}}]
            """);

    @Test
    void theProvidersUsageIsCharged() {
        Played played = table.ask(CHAT, REQUEST, "x-team", "a");
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT - 400);
        played.answered(200, Metadata.empty(), SSE, List.of(ONE_WORD, END, USAGE, DONE), true);
        assertThat(remaining("a")).isEqualTo(1000 - 16);
        assertThat(played.handOver().get(HandOver.INPUT_TOKENS)).contains(11.0);
        assertThat(played.handOver().get(HandOver.OUTPUT_TOKENS)).contains(5.0);
        assertThat(played.handOver().get(HandOver.TOTAL_TOKENS)).contains(16.0);
    }

    @Test
    void aShadowedLimitCountsForWhoeverChargesByTheMetadata() {
        Played played = Table.with("limits: [{name: tokens, mode: Shadow, quota: {amount: 1, window: 24h}}]").ask(CHAT, REQUEST);
        played.answered(200, Metadata.empty(), SSE, List.of(ONE_WORD, END, USAGE, DONE), true);
        assertThat(played.handOver().get(HandOver.INPUT_TOKENS)).contains(11.0);
        assertThat(played.handOver().get(HandOver.OUTPUT_TOKENS)).contains(5.0);
    }

    @Test
    void withoutUsageTheDeliveredTokensAreCounted() {
        table.ask(CHAT, REQUEST, "x-team", "a").answered(200, Metadata.empty(), SSE, List.of(ONE_WORD, ONE_WORD, ONE_WORD, END, DONE), true);
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT - 3);
    }

    @Test
    void anAnswerUnderAnUnknownNameIsCountedByTheAskedModel() {
        String chinese = "data: {\"model\":\"/models/7b\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "文字鬱".repeat(20) + "\"}}]}\n\n";
        String asked = REQUEST.replace("gpt-4o", "gpt-4");
        table.ask(CHAT, asked, "x-team", "a").answered(200, Metadata.empty(), SSE, List.of(chinese, END, DONE), true);
        table.ask(CHAT, asked, "x-team", "b").answered(200, Metadata.empty(), SSE, List.of(chinese.replace("/models/7b", "gpt-4"), END, DONE), true);
        table.ask(CHAT, asked, "x-team", "c").answered(200, Metadata.empty(), SSE, List.of(chinese.replace("/models/7b", "gpt-4o"), END, DONE), true);
        assertThat(remaining("a")).isEqualTo(remaining("b")).isNotEqualTo(remaining("c"));
    }

    @Test
    void aStreamThatBreaksOffIsChargedWhatWasDelivered() {
        String passed = table.ask(CHAT, REQUEST, "x-team", "a").answered(200, Metadata.empty(), SSE, List.of(ONE_WORD, ONE_WORD), false);
        assertThat(passed).isEqualTo(ONE_WORD + ONE_WORD);
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT - 2);
    }

    @Test
    void ofAStreamThatBreaksOffTheLargerOfUsageAndCountHolds() {
        String start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":20,\"output_tokens\":1}}}\n\n";
        String delta = "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word word word\"}}\n\n";
        table.ask("/v1/messages", "{\"model\":\"claude-sonnet-4\",\"max_tokens\":400,\"stream\":true,\"messages\":[]}", "x-team", "a")
                .answered(200, Metadata.empty(), SSE, List.of(start, delta, delta), false);
        assertThat(remaining("a")).isBetween(1000L - 20 - 12, 1000L - 20 - 5);
    }

    @Test
    void anErrorGivesEverythingBack() {
        table.ask(CHAT, REQUEST, "x-team", "a").answered(500, "{\"error\":{\"message\":\"overloaded\"}}");
        assertThat(remaining("a")).isEqualTo(1000);
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerIsChargedItsInput() {
        table.ask(CHAT, REQUEST, "x-team", "a").close(Ending.ABORTED);
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT);
    }

    @Test
    void theRefusalOfAServiceBehindUsIsFree() {
        Metadata blocked = Metadata.of("gatehouse", Map.of("replied_by", "guard", "guard_verdict", "Block"));
        table.ask(CHAT, REQUEST, "x-team", "a").answered(400, blocked, "application/json", List.of("{\"error\":{\"code\":\"prompt_blocked\"}}"), true);
        assertThat(remaining("a")).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {charge: Free} | 0
            {charge: Full} | 16
            {charge: Factor, factor: 0.25} | 4
            """)
    void anAnswerFromTheCacheCostsWhatThePolicySays(String cacheHits, long charged) {
        Table caching = Table.with("cacheHits: " + cacheHits + "\nlimits: [{name: tokens, quota: {amount: 1000, window: 24h, algorithm: FixedWindow}}]\n");
        Metadata hit = Metadata.of("gatehouse", Map.of("replied_by", "cache", "cache", "hit"));
        caching.ask(CHAT, REQUEST).answered(200, hit, SSE, List.of(ONE_WORD, END, USAGE, DONE), true);
        assertThat(1000 - remaining(caching, "")).isEqualTo(charged);
    }

    @Test
    void whatAnInnerServiceHasSeenCountsWhereItIsMoreThanWhatWasDelivered() {
        Metadata told = Metadata.of("gatehouse", Map.of("output_tokens", 77.0));
        table.ask(CHAT, REQUEST, "x-team", "a").answered(200, told, SSE, List.of(ONE_WORD, END, DONE), true);
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT - 77);
        table.ask(CHAT, REQUEST, "x-team", "b").answered(200, told, SSE, List.of(ONE_WORD, END, USAGE, DONE), true);
        assertThat(remaining("b")).as("the provider knows better than an estimate").isEqualTo(1000 - 16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            null | 9
            {} | 9
            {"prompt_tokens": -1, "completion_tokens": -1} | 9
            {"prompt_tokens": 0, "completion_tokens": 0} | 9
            {"prompt_tokens": "12", "completion_tokens": null} | 9
            {"prompt_tokens": 12} | 13
            {"completion_tokens": 7} | 15
            {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 99999} | 19
            {"prompt_tokens": 12, "completion_tokens": 9223372036854775807} | 1000000012
            """)
    void usageThatIsPartialOrCannotBeIsNotBelieved(String usage, long charged) {
        Table wide = Table.with("limits: [{name: tokens, quota: {amount: 1000000000000, window: 24h, algorithm: FixedWindow}}]\n");
        wide.ask(CHAT, REQUEST).answered(200, "{\"choices\":[{\"message\":{\"content\":\" word\"},\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}");
        assertThat(1000000000000L - remaining(wide, "")).isEqualTo(charged);
    }

    @Test
    void usageInANonFinalChunkAndAgainIsTheLastOne() {
        String early = ONE_WORD.replace("]}\n", "],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":1}}\n");
        table.ask(CHAT, REQUEST, "x-team", "a").answered(200, Metadata.empty(), SSE, List.of(early, ONE_WORD, END, USAGE, DONE), true);
        assertThat(remaining("a")).isEqualTo(1000 - 16);
    }

    @Test
    void aStreamSplitAnywhereIsTheSame() {
        String whole = ONE_WORD + END + USAGE + DONE;
        List<String> letters = Arrays.stream(whole.split("")).toList();
        String passed = table.ask(CHAT, REQUEST, "x-team", "a").answered(200, Metadata.empty(), SSE, letters, true);
        assertThat(passed).isEqualTo(whole);
        assertThat(remaining("a")).isEqualTo(1000 - 16);
    }

    @Test
    void aCompressedAnswerIsReadAndPassesAsItCame() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write((ONE_WORD + END + USAGE + DONE).getBytes(StandardCharsets.UTF_8));
        }
        byte[] half = Arrays.copyOf(zipped.toByteArray(), 40);
        byte[] rest = Arrays.copyOfRange(zipped.toByteArray(), 40, zipped.size());
        ResponseHead head = new ResponseHead(200, Headers.of("content-type", SSE, "content-encoding", "gzip"), Map.of(), Metadata.empty());
        table.ask(CHAT, REQUEST, "x-team", "a").answered(head, List.of(half, rest), true);
        assertThat(remaining("a")).isEqualTo(1000 - 16);
    }

    @Test
    void anAnswerThatCannotBeReadIsChargedByItsLength() {
        ResponseHead head = new ResponseHead(200, Headers.of("content-type", SSE, "content-encoding", "lzma"), Map.of(), Metadata.empty());
        table.ask(CHAT, REQUEST, "x-team", "a").answered(head, List.of(new byte[400]), true);
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT - 100);
    }

    /** Brotli and zstd tell nothing before they end. */
    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd"})
    void aCompressedStreamThatBreaksOffIsChargedByItsLength(String coding) {
        ResponseHead head = new ResponseHead(200, Headers.of("content-type", SSE, "content-encoding", coding), Map.of(), Metadata.empty());
        table.ask(CHAT, REQUEST, "x-team", "a").answered(head, List.of(new byte[400]), false);
        assertThat(remaining("a")).isEqualTo(1000 - COUNTED_INPUT - 100);
    }

    @Test
    void usageIsAskedForAndHiddenFromAClientThatDidNot() {
        Table asking = Table.with("""
                usage: {includeInStreams: true}
                limits: [{name: tokens, quota: {amount: 1000, window: 24h, algorithm: FixedWindow}}]
                """);
        Played played = asking.ask(CHAT, REQUEST, "accept-encoding", "gzip");
        String sent = new String(played.forward().body().orElseThrow(), StandardCharsets.UTF_8);
        assertThat(sent).startsWith("{\"stream_options\":{\"include_usage\":true},").endsWith(REQUEST.substring(1));
        assertThat(played.forward().headers().set()).containsExactly(new Headers.Field("accept-encoding", "identity"));
        String passed = played.answered(200, Metadata.empty(), SSE, Arrays.stream((ONE_WORD + END + USAGE + DONE).split("(?<=,)")).toList(), true);
        assertThat(passed).isEqualTo(ONE_WORD + END + DONE);
        assertThat(remaining(asking, "")).isEqualTo(1000 - 16);
    }

    @Test
    void aClientThatAsksForUsageGetsIt() {
        Table asking = Table.with("""
                usage: {includeInStreams: true}
                limits: [{name: tokens, quota: {amount: 1000, window: 24h}}]
                """);
        String asks = REQUEST.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        Played played = asking.ask(CHAT, asks);
        assertThat(played.forward().body()).isEmpty();
        assertThat(played.answered(200, Metadata.empty(), SSE, List.of(ONE_WORD, END, USAGE, DONE), true)).isEqualTo(ONE_WORD + END + USAGE + DONE);
        String declines = REQUEST.replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":false,\"x\":1}");
        assertThat(asking.ask(CHAT, declines).forward().body().map(body -> new String(body, StandardCharsets.UTF_8)).orElseThrow())
                .contains("\"stream_options\":{\"include_usage\":true,\"x\":1}");
    }

    @Test
    void moneyIsExact() {
        Table money = Table.with("""
                prices: {models: {gpt-4o: {input: 2.5, output: 10, cachedInput: 1.25, reasoning: 12.345678901}}}
                limits: [{name: money, quota: {amount: 1, unit: Cost, window: 24h, algorithm: FixedWindow}}]
                """);
        money.ask(CHAT, REQUEST).answered(200, """
                {"model": "gpt-4o-2024-11-20", "choices": [], "usage": {"prompt_tokens": 1000, "completion_tokens": 300,
                 "prompt_tokens_details": {"cached_tokens": 400}, "completion_tokens_details": {"reasoning_tokens": 100}}}""");
        // 600 x 2.5 + 400 x 1.25 + 200 x 10 + 100 x 12.345678901 = 5234.5678901 millionths
        assertThat(1_000_000_000L - level(money, "").remaining()).isEqualTo(5_234_568L);
    }

    @Test
    void aCostExpressionWeighsTokens() {
        Table weighed = Table.with("""
                limits: [{name: l, quota: {amount: 1000, window: 24h, algorithm: FixedWindow}, cost: input_tokens - cached_tokens + 4 * output_tokens}]
                """);
        weighed.ask(CHAT, REQUEST).answered(200,
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":60}}}");
        assertThat(1000 - remaining(weighed, "")).isEqualTo(80);
    }

    @Test
    void embeddingsTakeTheirInputOnly() {
        Played played = table.ask("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":[\"one two\",\"three\"]}", "x-team", "a");
        long reserved = 1000 - remaining("a");
        assertThat(reserved).isBetween(1L, 20L);
        played.answered(200, "{\"data\":[{\"embedding\":[0.1]}],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}");
        assertThat(remaining("a")).isEqualTo(996);
    }

    @Test
    void countingTokensIsFree() {
        table.ask("/v1/messages/count_tokens", "{\"model\":\"claude-sonnet-4\",\"messages\":[]}", "x-team", "a").answered(200, "{\"input_tokens\":14}");
        assertThat(remaining("a")).isEqualTo(1000);
    }

    @Test
    void clientsAreToldOnSuccessToo() {
        Played played = table.ask(CHAT, REQUEST, "x-team", "a");
        played.answered(200, Metadata.empty(), SSE, List.of(ONE_WORD, USAGE, DONE), true);
        assertThat(played.responseHeaders().first("x-ratelimit-limit-tokens")).contains("1000");
        assertThat(played.responseHeaders().first("x-ratelimit-remaining-tokens")).as("after the reservation").contains(String.valueOf(1000 - COUNTED_INPUT - 400));
        assertThat(played.responseHeaders().first("x-ratelimit-reset-tokens").orElseThrow()).matches("(\\d+h)?(\\d+m)?[0-9.]+s");
    }

    private long remaining(String team) {
        return remaining(table, team);
    }

    private static long remaining(Table table, String team) {
        return level(table, team).remaining();
    }

    private static dev.gatehouse.state.limit.Level level(Table table, String team) {
        var compiled = table.feature().policies().current().policies().getFirst().compiled();
        var limit = compiled.limits().getFirst();
        var key = limit.key().isEmpty() ? List.<String>of() : List.of(team);
        var budget = table.limiter().proposer().budgets().of(compiled, limit, key);
        return table.limiter().admitter().stores().of(OnStateLoss.Local).peek(List.of(budget.bucket())).getFirst();
    }
}
