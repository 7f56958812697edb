package dev.gatehouse.embedding;

import static dev.gatehouse.embedding.ShippedEncodersTest.assertReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import dev.gatehouse.exchange.Int8Vector;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class EndpointEncoderTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    private Endpoint endpoint;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void start() throws Exception {
        endpoint = new Endpoint();
    }

    @AfterEach
    void stop() {
        endpoint.close();
        callers.shutdownNow();
    }

    @Test
    void theVectorIsTheEndpoints() throws Exception {
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            assertThat(embedder.embed("x".repeat(50))).isEqualTo(Int8Vector.of(unit(50, 100, 100, 100)));
            assertThat(endpoint.authorizations).containsExactly("Bearer a-secret-key");
            assertThat(embedder.isReady()).isTrue();
        }
    }

    @Test
    void aRecentTextIsNotAskedForAgain() throws Exception {
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            embedder.embed("the same");
            embedder.embed("the same");
            embedder.embed("another");
            assertThat(endpoint.requests).containsExactly(List.of("the same"), List.of("another"));
        }
    }

    @Test
    void textsThatWaitGoInOneCall() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            Future<Int8Vector> first = callers.submit(() -> embedder.embed("first"));
            await(() -> endpoint.requests.size() == 1);
            List<Future<Int8Vector>> others = IntStream.range(0, 10).mapToObj(i -> callers.submit(() -> embedder.embed("x".repeat(i + 1)))).toList();
            await(() -> embedder.waiting() == 10);
            endpoint.gate.countDown();
            assertThat(first.get()).isEqualTo(Int8Vector.of(unit(5, 100, 100, 100)));
            for (int i = 0; i < 10; i++) {
                assertThat(others.get(i).get()).as("each gets its own").isEqualTo(Int8Vector.of(unit(i + 1, 100, 100, 100)));
            }
            assertThat(endpoint.requests).extracting(List::size).containsExactly(1, 8, 2);
        }
    }

    @Test
    void aTextThatIsRefusedTakesNobodyElsesVector() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        endpoint.refused = "bad";
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            Future<Int8Vector> first = callers.submit(() -> embedder.embed("first"));
            await(() -> endpoint.requests.size() == 1);
            Future<Int8Vector> good = callers.submit(() -> embedder.embed("good"));
            Future<Int8Vector> bad = callers.submit(() -> embedder.embed("bad"));
            await(() -> embedder.waiting() == 2);
            endpoint.gate.countDown();
            assertThat(good.get()).isEqualTo(Int8Vector.of(unit(4, 100, 100, 100)));
            assertThatThrownBy(bad::get).hasCauseInstanceOf(EmbeddingFailed.class).hasMessageContaining("does not take a text");
            first.get();
        }
    }

    @Test
    void aLongTextIsSentInPiecesAndNotCut() throws Exception {
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            embedder.embed("some words and ".repeat(100) + "the end");
            List<String> sent = endpoint.requests.stream().flatMap(List::stream).toList();
            assertThat(sent).hasSizeGreaterThan(1).allSatisfy(piece -> assertThat(piece.length()).isLessThanOrEqualTo(1000));
            assertThat(sent.getLast()).endsWith("the end");
        }
    }

    @Test
    void anErrorOfTheEndpointIsSaidWithoutTheText() throws Exception {
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            for (int status : new int[] {401, 429, 500, 503}) {
                endpoint.status = status;
                assertThatThrownBy(() -> embedder.embed("my private text " + status)).isInstanceOfSatisfying(EmbeddingFailed.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.ENDPOINT);
                    assertThat(failure.getMessage()).contains("status " + status).doesNotContain("private").doesNotContain("a-secret-key");
                    assertThat(failure.getCause()).isNull();
                });
            }
            assertThat(embedder.isReady()).isFalse();
            endpoint.status = 200;
            assertThat(embedder.isReady()).as("it is tried again").isTrue();
        }
    }

    @Test
    void anEndpointThatIsDownIsSaid() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Embedder embedder = open(URI.create("http://127.0.0.1:" + port + "/v1"), LONG, 1, 8)) {
            assertReason(Reason.ENDPOINT, embedder, "hello");
            assertThat(embedder.isReady()).isFalse();
        }
    }

    @Test
    void aSlowEndpointTakesNoLongerThanTheDeadline() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        try (Embedder embedder = open(endpoint.url(), SHORT, 1, 8)) {
            long begin = System.nanoTime();
            assertReason(Reason.DEADLINE, embedder, "hello");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT.plusSeconds(2));
            endpoint.gate.countDown();
        }
    }

    @Test
    void aCallerMayWaitLessLong() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            assertThatThrownBy(() -> embedder.embed("hello", SHORT)).isInstanceOfSatisfying(EmbeddingFailed.class,
                    failed -> assertThat(failed.reason()).isEqualTo(Reason.DEADLINE));
            endpoint.gate.countDown();
            assertThat(embedder.embedAside("hello", LONG)).isEqualTo(embedder.embed("hello"));
        }
    }

    @Test
    void aTextThatNobodyWaitsForAnyMoreIsNotSent() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        try (Embedder embedder = open(endpoint.url(), SHORT, 1, 1)) {
            assertReason(Reason.DEADLINE, embedder, "in flight");
            assertReason(Reason.DEADLINE, embedder, "given up in the queue");
            endpoint.gate.countDown();
            await(() -> embedder.waiting() == 0);
            await(() -> embedder.isReady());
            assertThat(endpoint.requests).doesNotContain(List.of("given up in the queue"));
        }
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 1)) {
            List<Callable<Int8Vector>> calls = IntStream.range(0, 1 + QUEUE).<Callable<Int8Vector>>mapToObj(i -> () -> embedder.embed("text " + i)).toList();
            Future<Int8Vector> first = callers.submit(calls.getFirst());
            await(() -> endpoint.requests.size() == 1);
            List<Future<Int8Vector>> waiting = calls.stream().skip(1).map(callers::submit).toList();
            await(() -> embedder.waiting() == QUEUE);
            assertReason(Reason.QUEUE_FULL, embedder, "one too many");
            endpoint.gate.countDown();
            first.get();
            for (Future<Int8Vector> one : waiting) {
                one.get();
            }
        }
    }

    @Test
    void aVectorOfOtherDimensionsIsRefused() throws Exception {
        endpoint.dimensions = 5;
        try (Embedder embedder = open(endpoint.url(), LONG, 1, 8)) {
            assertReason(Reason.WRONG_VECTOR, embedder, "hello");
        }
    }

    @Test
    void closingEndsThoseWhoWait() throws Exception {
        endpoint.gate = new CountDownLatch(1);
        Embedder embedder = open(endpoint.url(), LONG, 1, 1);
        Future<Int8Vector> inFlight = callers.submit(() -> embedder.embed("in flight"));
        await(() -> endpoint.requests.size() == 1);
        Future<Int8Vector> waiting = callers.submit(() -> embedder.embed("waiting"));
        await(() -> embedder.waiting() == 1);
        embedder.close();
        assertThatThrownBy(inFlight::get).hasCauseInstanceOf(EmbeddingFailed.class);
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(EmbeddingFailed.class).hasMessageContaining("closed");
    }

    @Test
    void settingsThatCannotBeAreRefusedAndTheKeyIsNotShown() {
        assertThat(settings(endpoint.url(), LONG, 8).toString()).doesNotContain("a-secret-key");
        assertThatThrownBy(() -> settings(URI.create("file:///etc/passwd"), LONG, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings(endpoint.url(), LONG, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings(endpoint.url(), Duration.ZERO, 8)).isInstanceOf(IllegalArgumentException.class);
    }

    private static final int QUEUE = 16;

    private static Embedder open(URI url, Duration deadline, int threads, int batch) {
        return Embedder.open(settings(url, LONG, batch), new EmbedderSettings(threads, QUEUE, deadline, 16, 100), Embedders.HASH);
    }

    private static EncoderSettings.Endpoint settings(URI url, Duration timeout, int batch) {
        return new EncoderSettings.Endpoint(url, "m", 4, Optional.of("a-secret-key"), timeout, batch, 1000);
    }

    private static float[] unit(float... vector) {
        double squares = 0;
        for (float component : vector) {
            squares += component * component;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] / (float) Math.sqrt(squares);
        }
        return unit;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the condition within 20 s").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
