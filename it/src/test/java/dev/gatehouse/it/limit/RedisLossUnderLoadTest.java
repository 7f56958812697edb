package dev.gatehouse.it.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Redis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis is killed under load and started again, while clients go on asking three replicas. */
class RedisLossUnderLoadTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofMillis(250);
    private static final Duration PHASE = Duration.ofSeconds(4);
    /** Around a kill and a start nobody knows which way a request was decided. */
    private static final Duration EDGE = Duration.ofMillis(1_500);
    private static final int CLIENTS = 16;
    private static final int TOKENS = 5;

    private enum Phase { BEFORE, AWAY, BACK }

    /** How one request went, and what was the case from its start to its end. */
    private record Seen(Phase phase, boolean atEdge, int status, Duration took) {}

    @BeforeAll
    static void needsPrograms() {
        TestBed.assumePrograms();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Local", "Open", "Closed"})
    void nobodyWaitsDecisionsAreAsThePolicySaysAndTheTotalsAreRight(String onStateLoss) throws Exception {
        String spec = """
                failureMode: FailClosed
                timeout: 3s
                onStateLoss: %s
                estimate: {output: MaxTokens}
                limits:
                  - {name: in, quota: {amount: 1000000000, unit: InputTokens, window: Month}}
                  - {name: out, quota: {amount: 1000000000, unit: OutputTokens, window: Month}}
                """.formatted(onStateLoss);
        String name = "loss-" + onStateLoss.toLowerCase();
        try (TestBed bed = TestBed.start(name, spec, 3, Redis.persistent(name + "-redis"), DEADLINE)) {
            List<Seen> seen = load(bed);
            for (Phase phase : Phase.values()) {
                List<Duration> took = seen.stream().filter(one -> one.phase() == phase).map(Seen::took).sorted().toList();
                System.out.println(onStateLoss + " " + phase + ": " + took.size() + " requests, median " + took.get(took.size() / 2) + ", longest " + took.getLast());
            }
            seen.stream().filter(one -> one.status() != 200).collect(Collectors.groupingBy(one -> one.phase() + " " + one.status() + (one.atEdge() ? " edge" : ""),
                    Collectors.counting())).forEach((what, count) -> System.out.println("  " + what + ": " + count));
            assertThat(seen.stream().map(Seen::took)).as("nobody waits longer than the timeout").allMatch(took -> took.compareTo(TIMEOUT) < 0);
            assertThat(within(seen, Phase.BEFORE)).containsOnly(200);
            assertThat(within(seen, Phase.AWAY)).containsOnly(onStateLoss.equals("Closed") ? 503 : 200);
            assertThat(within(seen, Phase.BACK)).containsOnly(200);
            long admitted = bed.answered(200);
            assertThat(seen.stream().filter(one -> one.status() == 200)).as("by the model's log").hasSize((int) admitted);
            if (onStateLoss.equals("Open")) {
                assertThat(Books.settled(bed.limiter(), name, PATIENCE).reserved()).isZero();
            } else {
                Books truth = Books.of(admitted, admitted * TOKENS);
                assertThat(Books.awaiting(truth, bed.limiter(), name, PATIENCE)).isEqualTo(truth);
            }
        }
    }

    private static Stream<Integer> within(List<Seen> seen, Phase phase) {
        return seen.stream().filter(one -> one.phase() == phase && !one.atEdge()).map(Seen::status).distinct();
    }

    private static List<Seen> load(TestBed bed) throws Exception {
        ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.BEFORE);
        AtomicReference<Long> changed = new AtomicReference<>(System.nanoTime());
        URI listener = bed.chain().listener(Attached.FULL_DUPLEX_STREAMED);
        Burst.send(listener, 30, i -> TOKENS).forEach(warm -> seen.add(new Seen(Phase.BEFORE, true, warm.status(), Duration.ZERO)));
        long end = System.nanoTime() + PHASE.multipliedBy(3).toNanos();
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        Phase started = phase.get();
                        long start = System.nanoTime();
                        int status = http.send(Burst.request(listener, TOKENS), HttpResponse.BodyHandlers.discarding()).statusCode();
                        boolean edge = phase.get() != started || start - changed.get() < EDGE.toNanos();
                        seen.add(new Seen(started, edge, status, Duration.ofNanos(System.nanoTime() - start)));
                    }
                    return null;
                });
            }
            LockSupport.parkNanos(PHASE.toNanos());
            change(phase, Phase.AWAY, changed, bed.redis()::kill);
            LockSupport.parkNanos(PHASE.toNanos());
            change(phase, Phase.BACK, changed, bed.redis()::start);
        }
        return List.copyOf(seen);
    }

    /** What starts while the change is under way is at its edge. */
    private static void change(AtomicReference<Phase> phase, Phase next, AtomicReference<Long> changed, Runnable change) {
        changed.set(Long.MAX_VALUE);
        phase.set(next);
        change.run();
        changed.set(System.nanoTime());
    }
}
