package dev.gatehouse.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Policies;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that passes the guard keeps its pace: events arrive one by one while the backend still sends. */
class StreamPaceTest {

    private static final int EVENTS = 25;

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        chain = Chain.start("pace", Policies.one("pace", "timeout: 5s\nrules: [{name: no-injection, action: Block, signatures: {}}]"), false);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "EXT_AUTHZ_GRPC", "EXT_AUTHZ_HTTP"})
    void eventsArriveOneByOne(Attached attached) throws Exception {
        List<Instant> arrivals = arrivals(attached);
        assertThat(arrivals).hasSize(EVENTS + 1);
        Duration spread = Duration.between(arrivals.getFirst(), arrivals.getLast());
        assertThat(spread).isGreaterThan(Duration.ofMillis(20L * EVENTS / 2));
    }

    private static List<Instant> arrivals(Attached attached) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> response = http.send(
                    Client.chat(chain.listener(attached), Client.newTestId(), Client.prompt("hi"))
                            .header("x-test-stream", String.valueOf(EVENTS)).build(),
                    HttpResponse.BodyHandlers.ofLines());
            List<Instant> arrivals = new ArrayList<>();
            response.body().filter(line -> line.startsWith("data:")).forEach(line -> arrivals.add(Instant.now()));
            return arrivals;
        }
    }
}
