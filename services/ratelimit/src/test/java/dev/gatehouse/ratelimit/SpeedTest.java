package dev.gatehouse.ratelimit;

import dev.gatehouse.exchange.Metadata;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what one exchange costs in this process, counting, reserving, reading the stream and settling; figures for the documentation. */
@EnabledIfSystemProperty(named = "ratelimit.speed", matches = "true")
class SpeedTest {

    private static final int ROUNDS = 20_000;
    private static final int STREAMED = 100;

    @Test
    void oneExchange() {
        Table table = Table.with("""
                limits:
                  - {name: tokens, key: [{header: x-team}, {attribute: Model}], quota: {amount: 1000000000, window: 1m}}
                  - {name: requests, key: [{attribute: ApiKey}], quota: {amount: 1000000000, unit: Requests, window: 1m}}
                  - {name: day, key: [{header: x-team}], when: "request.method == 'POST'", quota: {amount: 1000000000, window: 24h}}
                """);
        String words = "Please summarise what gateways do between nine and five, and why a limit is enough for that. ".repeat(9);
        String body = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}";
        String event = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"}}]}\n\n";
        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":180,\"completion_tokens\":100}}\n\ndata: [DONE]\n\n";
        List<String> chunks = Stream.concat(Collections.nCopies(STREAMED, event).stream(), Stream.of(usage)).toList();
        long[] asked = new long[ROUNDS];
        long[] answered = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            Table.Played played = table.ask("/v1/chat/completions", body, "x-team", "team" + i % 100, "authorization", "Bearer key-" + i % 50);
            asked[i] = System.nanoTime() - start;
            played.answered(200, Metadata.empty(), "text/event-stream", chunks, true);
            answered[i] = System.nanoTime() - start - asked[i];
        }
        print("request: read, count, reserve in 3 limits", asked);
        print("answer of 100 events: read, settle", answered);
    }

    private static void print(String what, long[] nanos) {
        long[] warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf("%s: median %.0f us, p99 %.0f us%n", what, warm[warm.length / 2] / 1e3, warm[warm.length * 99 / 100] / 1e3);
    }
}
