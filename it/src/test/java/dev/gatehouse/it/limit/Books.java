package dev.gatehouse.it.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.it.chain.Replica;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * What the limiter's store says of the limits {@code in} and {@code out} of {@link #policy}, as an operator reads it.
 *
 * @param input    tokens used
 * @param output   tokens used
 * @param reserved of both, for exchanges that have not ended
 */
record Books(long input, long output, long reserved) {

    /** Counts input and output by themselves; by the month, so that nothing comes back meanwhile. */
    static final String POLICY = """
            failureMode: FailClosed
            timeout: 10s
            estimate: {output: Fixed, tokens: 50}
            limits:
              - {name: in, quota: {amount: 1000000000, unit: InputTokens, window: Month}}
              - {name: out, quota: {amount: 1000000000, unit: OutputTokens, window: Month}}
            """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PAUSE = Duration.ofMillis(100);

    static Books of(long input, long output) {
        return new Books(input, output, 0);
    }

    /** By the policy of that name. */
    static Books read(Replica replica, String policy) throws Exception {
        JsonNode in = key(replica, policy, "in");
        JsonNode out = key(replica, policy, "out");
        return new Books(in.path("used").asLong(), out.path("used").asLong(), in.path("reserved").asLong() + out.path("reserved").asLong());
    }

    private static JsonNode key(Replica replica, String policy, String limit) throws Exception {
        URI keys = replica.management().resolve("/v1/limits/" + policy + "/" + limit + "/keys");
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(keys).timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).path("keys").path(0);
    }

    /** Asks until the books are these, or for that long; then what they are. */
    static Books awaiting(Books expected, Replica replica, String policy, Duration patience) throws Exception {
        Instant end = Instant.now().plus(patience);
        Books books = read(replica, policy);
        while (!books.equals(expected) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            books = read(replica, policy);
        }
        return books;
    }

    /** Asks until nothing is reserved any more. */
    static Books settled(Replica replica, String policy, Duration patience) throws Exception {
        Instant end = Instant.now().plus(patience);
        Books books = read(replica, policy);
        while (books.reserved > 0 && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            books = read(replica, policy);
        }
        return books;
    }

    Books plus(Books other) {
        return new Books(input + other.input, output + other.output, reserved + other.reserved);
    }

    Books minus(Books other) {
        return new Books(input - other.input, output - other.output, reserved - other.reserved);
    }
}
