package dev.gatehouse.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.demo.DemoModel;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Replica;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is charged for streams is what was delivered, to the token. Delivered is what was passed on to Envoy; where a client reads all that
 * was passed on before it goes, that is also what it received. {@code -Dlimit.exchanges=10000} runs more of them.
 */
class DeliveredTokensTest {

    private static final int EXCHANGES = Integer.getInteger("limit.exchanges", 1_000);
    private static final String POLICY = "delivered";
    private static final int IN_FLIGHT = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Vertx vertx;
    private static int model;
    private static Chain chain;

    private Books before;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        vertx = Vertx.vertx();
        model = DemoModel.start(vertx, 0).toCompletionStage().toCompletableFuture().join().actualPort();
        Path config = Policies.routes(POLICY);
        Policies.write(config, "TokenRateLimitPolicy", POLICY, Books.POLICY);
        chain = Chain.startBefore(model, "delivered", config, false, Member.of("ratelimit"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
        Optional.ofNullable(vertx).ifPresent(open -> open.close().toCompletionStage().toCompletableFuture().join());
    }

    @BeforeEach
    void forget() throws Exception {
        HTTP.send(HttpRequest.newBuilder(model("/log")).DELETE().build(), HttpResponse.BodyHandlers.discarding());
        before = Books.read(limiter(), POLICY);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void theCountersEqualWhatClientsReceivedAndTheModelSent(Attached attached) throws Exception {
        List<Exchange> exchanges = exchanges(7, Exchange.Fate.ABORTED);
        Map<String, Integer> received = run(exchanges, attached);
        Map<String, Integer> sent = sent(exchanges);
        assertThat(exchanges).as("client and model agree on what did not break").allMatch(exchange -> exchange.fate() == Exchange.Fate.DIED
                || exchange.output(sent.get(exchange.id())) == exchange.output(received.get(exchange.id())));
        Books truth = truth(exchanges, received);
        Books charged = Books.awaiting(before.plus(truth), limiter(), POLICY, PATIENCE).minus(before);
        if (truth.equals(truth(exchanges, sent))) {
            assertThat(charged).isEqualTo(truth);
        } else {
            assertThat(charged.output()).as("what was on its way when a model died").isBetween(truth.output(), truth(exchanges, sent).output());
            assertThat(charged.input()).isEqualTo(truth.input());
        }
        System.out.println(attached + ": " + exchanges.size() + " exchanges, charged " + charged + ", received " + truth + ", sent " + truth(exchanges, sent));
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void ofWhatIsOnItsWayWhenAClientGoesNoMoreIsChargedThanTheModelSent(Attached attached) throws Exception {
        List<Exchange> exchanges = exchanges(11, Exchange.Fate.ABORTED_IN_FLIGHT);
        Books least = truth(exchanges, run(exchanges, attached));
        Books most = truth(exchanges, sent(exchanges));
        Books charged = Books.settled(limiter(), POLICY, PATIENCE).minus(before);
        System.out.println(attached + ": in flight: charged " + charged + ", received " + least + ", sent " + most);
        assertThat(charged.reserved()).isZero();
        assertThat(charged.output()).isBetween(least.output(), most.output());
    }

    private static List<Exchange> exchanges(int seed, Exchange.Fate abort) {
        Random random = new Random(seed);
        return IntStream.range(0, EXCHANGES).mapToObj(i -> Exchange.random(i, random, abort)).toList();
    }

    private static Map<String, Integer> run(List<Exchange> exchanges, Attached attached) throws InterruptedException {
        Map<String, Integer> received = new ConcurrentHashMap<>();
        Semaphore slots = new Semaphore(IN_FLIGHT);
        try (StreamClient client = new StreamClient(chain.listener(attached)); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Exchange exchange : exchanges) {
                slots.acquire();
                threads.submit(() -> {
                    try {
                        received.put(exchange.id(), client.run(exchange));
                    } finally {
                        slots.release();
                    }
                    return null;
                });
            }
        }
        assertThat(received).hasSize(exchanges.size());
        return received;
    }

    /** The model's log, once it has an entry for every exchange. */
    private static Map<String, Integer> sent(List<Exchange> exchanges) throws Exception {
        Map<String, Integer> sent = new HashMap<>();
        for (int i = 0; i < PATIENCE.toMillis() / 100 && !sent.keySet().containsAll(exchanges.stream().map(Exchange::id).toList()); i++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            String log = HTTP.send(HttpRequest.newBuilder(model("/log")).build(), HttpResponse.BodyHandlers.ofString()).body();
            for (JsonNode entry : new ObjectMapper().readTree(log)) {
                sent.put(entry.path("id").asText(), entry.path("chunks").asInt());
            }
        }
        assertThat(sent.keySet()).containsAll(exchanges.stream().map(Exchange::id).toList());
        return sent;
    }

    private static Books truth(List<Exchange> exchanges, Map<String, Integer> events) {
        long input = exchanges.stream().mapToLong(Exchange::input).sum();
        long output = exchanges.stream().mapToLong(exchange -> exchange.output(events.get(exchange.id()))).sum();
        return Books.of(input, output);
    }

    private static Replica limiter() {
        return chain.service("ratelimit");
    }

    private static URI model(String path) {
        return URI.create("http://127.0.0.1:" + model + path);
    }
}
