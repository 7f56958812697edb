package dev.gatehouse.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Backend.Sent;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of which some clients leave in the middle and some backends die are charged what was delivered, to the token. */
class CutStreamsTest {

    private static final String POLICY = """
            failureMode: FailClosed
            timeout: 5s
            limits:
              - name: tokens
                key: [{header: x-stream, visible: true}]
                quota: {amount: 1000000, unit: OutputTokens, window: 31d, algorithm: FixedWindow}
            """;
    private static final int STREAMS = 60;
    private static final int EVENTS = 40;
    /** One token each, in the vocabulary of gpt-4o. */
    private static final String EVENT = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"}}]}";
    private static final byte[] REQUEST =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".getBytes(StandardCharsets.UTF_8);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes("cut-streams");
        Policies.write(config, "TokenRateLimitPolicy", "cut", POLICY);
        chain = Chain.start("cut-streams", config, false, Member.of("ratelimit"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    /** What a client received of one stream. */
    private record Stream(String name, String id, Fate fate, int received) {}

    private enum Fate { WHOLE, CLIENT_LEAVES, BACKEND_DIES }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void whatWasDeliveredIsCharged(Attached attached) throws Exception {
        List<Callable<Stream>> exchanges = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int number = i;
            exchanges.add(() -> exchange(attached, number));
        }
        try (ExecutorService clients = Executors.newFixedThreadPool(12)) {
            for (Future<Stream> done : clients.invokeAll(exchanges)) {
                expectCharged(done.get());
            }
        }
    }

    private static Stream exchange(Attached attached, int number) throws Exception {
        Fate fate = Fate.values()[number % 3];
        String id = Client.newTestId();
        String name = attached + "-" + number;
        int cut = 5 + number % (EVENTS - 10);
        Backend.Script whole = Backend.Script.events(Collections.nCopies(fate == Fate.BACKEND_DIES ? cut : EVENTS, EVENT)).every(Duration.ofMillis(5));
        chain.backend().script(id, fate == Fate.BACKEND_DIES ? whole.thenCut() : whole);
        HttpRequest request = Client.chat(chain.listener(attached), id, REQUEST).header("x-stream", name).build();
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
        int received = 0;
        try (var reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            while (fate != Fate.CLIENT_LEAVES || received < cut) {
                String line = reader.readLine();
                if (line == null) {
                    break;
                }
                received += line.contains(" word") ? 1 : 0;
            }
        } catch (IOException broken) {
            assertThat(fate).isEqualTo(Fate.BACKEND_DIES);
        }
        return new Stream(name, id, fate, received);
    }

    /** Where both ends stayed, all three agree; where the client left, what it read and what the backend wrote are the bounds. */
    private static void expectCharged(Stream stream) throws Exception {
        long charged = settled(stream.name());
        Sent sent = chain.backend().sent(stream.id()).orElseThrow();
        if (stream.fate() == Fate.WHOLE) {
            assertThat(charged).as(stream.toString()).isEqualTo(EVENTS).isEqualTo(stream.received());
        } else {
            assertThat(charged).as(stream + ", sent " + sent).isBetween((long) stream.received(), (long) sent.chunks());
        }
    }

    /** What the key is charged once nothing of it is reserved any more. */
    private static long settled(String key) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(end)) {
            LimitsPage.Key found = LimitsPage.read(chain.service("ratelimit").management(), "cut", "tokens").keys().get(key);
            if (found != null && found.reserved() == 0) {
                return found.used();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError(key + " is still reserved");
    }
}
