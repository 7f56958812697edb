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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica is told to stop, as in a rolling update, while answers stream through it. */
class RollingUpdateTest {

    private static final int STREAMS = 6;
    private static final int EVENTS = 200;
    private static final Map<String, String> DRAIN = Map.of("GATEHOUSE_DRAIN_DELAY", "2S", "GATEHOUSE_DRAIN", "30s");
    private static final String SPEC = "timeout: 5s\nrules: [{name: no-injection, action: Block, signatures: {}}]";

    @BeforeEach
    void envoyIsThere() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
    }

    @Test
    void noStreamIsLostAndNoRequestRefused() throws Exception {
        try (Chain chain = Chain.start("rolling", Policies.one("rolling", SPEC), false, Member.of("guard").with(DRAIN).times(2));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            URI listener = chain.listener(Attached.FULL_DUPLEX_STREAMED);
            List<CompletableFuture<List<String>>> streams = IntStream.range(0, STREAMS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> events(listener), clients)).toList();
            Replica leaving = chain.service("guard");
            Await.until("a stream passes the replica", () -> Metrics.read(leaving.management()).sum("gatehouse_exchanges_active", "") > 0);

            leaving.program().terminate();

            Await.until("it says that it stops", () -> status(leaving) == 503);
            assertThat(Client.send(Client.chat(listener, Client.newTestId(), Client.prompt("hi"))).statusCode()).isEqualTo(200);
            for (CompletableFuture<List<String>> stream : streams) {
                assertThat(stream.get()).hasSize(EVENTS + 1).endsWith("data: [DONE]");
            }
            Await.until("it has ended", () -> !leaving.program().isAlive());
        }
    }

    private static List<String> events(URI listener) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = Client.chat(listener, Client.newTestId(), Client.prompt("hi")).header("x-test-stream", String.valueOf(EVENTS)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofLines()).body().filter(line -> line.startsWith("data:")).toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(Replica replica) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest get = HttpRequest.newBuilder(replica.management().resolve("/q/health/ready")).timeout(Duration.ofSeconds(2)).build();
            return http.send(get, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
