package dev.gatehouse.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Replica;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica is told to stop, as in a rolling update, while answers stream through it. */
class RollingUpdateTest {

    private static final int STREAMS = 6;
    private static final int EVENTS = 400;
    private static final Map<String, String> DRAIN = Map.of("GATEHOUSE_DRAIN_DELAY", "2S", "GATEHOUSE_DRAIN", "30s");
    private static final String SPEC = "timeout: 5s\nrules: [{name: mask, action: Mask, pii: {entities: [EMAIL]}}]";
    /** Masked, so that the guard reads the answer to its end. */
    private static final byte[] PROMPT = Client.prompt("Write to ada@example.org");

    @BeforeEach
    void envoyIsThere() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
    }

    @Test
    void noStreamIsLostAndNoRequestRefused() throws Exception {
        try (Chain chain = Chain.start("rolling", Policies.one("rolling", SPEC), false, Member.of("guard").with(DRAIN).times(2));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            URI listener = chain.listener(Attached.FULL_DUPLEX_STREAMED);
            assertThat(busy(chain)).isEmpty();
            List<CompletableFuture<List<String>>> streams = IntStream.range(0, STREAMS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> events(listener), clients)).toList();
            Await.until("a stream passes a replica", () -> busy(chain).isPresent());
            Replica leaving = busy(chain).orElseThrow();

            leaving.program().terminate();

            Await.until("it says that it stops", () -> status(leaving) == 503);
            assertThat(Client.send(Client.chat(listener, Client.newTestId(), PROMPT)).statusCode()).isEqualTo(200);
            for (CompletableFuture<List<String>> stream : streams) {
                assertThat(stream.get()).hasSize(EVENTS + 1).endsWith("data: [DONE]");
            }
            Await.until("it has ended", () -> !leaving.program().isAlive());
        }
    }

    private static List<String> events(URI listener) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = Client.chat(listener, Client.newTestId(), PROMPT).header("x-test-stream", String.valueOf(EVENTS)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofLines()).body().filter(line -> line.startsWith("data:")).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A replica that an exchange passes now. */
    private static Optional<Replica> busy(Chain chain) throws Exception {
        for (Replica replica : chain.replicas("guard")) {
            if (Metrics.read(replica.management()).sum("gatehouse_exchanges_active", "") > 0) {
                return Optional.of(replica);
            }
        }
        return Optional.empty();
    }

    private static int status(Replica replica) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest get = HttpRequest.newBuilder(replica.management().resolve("/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
            return http.send(get, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
