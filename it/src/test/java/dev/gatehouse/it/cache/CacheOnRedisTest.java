package dev.gatehouse.it.cache;

import static dev.gatehouse.it.cache.CacheBed.chat;
import static dev.gatehouse.it.cache.CacheBed.finish;
import static dev.gatehouse.it.cache.CacheBed.saying;
import static dev.gatehouse.it.cache.CacheBed.stream;
import static dev.gatehouse.it.cache.CacheBed.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cache.CacheBed.Answer;
import dev.gatehouse.it.chain.Backend.Script;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Redis;
import dev.gatehouse.it.chain.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two replicas on one Redis. Adversarial case 16: a burst of equal prompts, and what becomes of it when the one that asks fails. And 17: a Redis that dies, is
 * slow, or is full: a request goes on to the model in time, always.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CacheOnRedisTest {

    private static final Duration LIMIT = Duration.ofMillis(1_500);
    private static final int BURST = 24;

    private static Redis redis;
    private static CacheBed bed;

    @BeforeAll
    static void start() throws Exception {
        CacheBed.assumeRedis();
        redis = Redis.start("cache-store-redis", "--maxmemory", "8mb", "--maxmemory-policy", "volatile-ttl");
        bed = CacheBed.start("cache-store", Map.of("SemanticCachePolicy", CacheBed.POLICY + "singleFlight: {maxWait: 20s}\n"),
                Member.of("cache").times(2).with(CacheBed.sharing("cache-store", redis)));
    }

    @BeforeEach
    void empty() throws Exception {
        redis.command("FLUSHALL");
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(CacheBed::close);
        Optional.ofNullable(redis).ifPresent(Redis::close);
    }

    /** The first, so that nothing but its own lesson can be known. */
    @Test
    @Order(1)
    void repliesAndWhatIsLearntAreSharedByReplicasAndOutliveThem() throws Exception {
        untilHit("What is shared?");
        teach();
        untilAllKnow();
        for (Replica replica : bed.chain().replicas("cache")) {
            replica.restart();
        }
        assertThat(untilHit("What is shared?")).as("asked once more at most, by a connection to a replica that was gone").isLessThanOrEqualTo(3);
        untilAllKnow();
        assertThat(bed.counted("gatehouse_cache_lessons_total", "")).as("since the restart").isZero();
    }

    /** Asks for one month after the other, each near to those before, until an answer has told what another would have been worth. */
    private void teach() throws Exception {
        double before = bed.counted("gatehouse_cache_lessons_total", "");
        AtomicInteger month = new AtomicInteger();
        until(() -> {
            int i = month.incrementAndGet();
            bed.ask("ann", chat("How many days has month " + i + "?"), saying("Month " + i + " has " + (27 + i) + " days."), "x-tenant", "taught");
            return bed.counted("gatehouse_cache_lessons_total", "") > before;
        });
    }

    /** Asks what is kept, which teaches nothing. */
    private void untilAllKnow() throws Exception {
        until(() -> {
            bed.ask("ann", chat("How many days has month 1?"), saying("Month 1 has 28 days."), "x-tenant", "taught");
            return labels().stream().allMatch(known -> known > 0);
        });
    }

    private static void until(Callable<Boolean> reached) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (!reached.call()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** How many comparisons each replica knows of. */
    private static List<Double> labels() throws Exception {
        List<Double> labels = new ArrayList<>();
        for (Replica replica : bed.chain().replicas("cache")) {
            labels.add(Metrics.read(replica.management()).sum("gatehouse_cache_labels", ""));
        }
        return labels;
    }

    @Test
    void aDeadRedisCostsNoRequestAndIsUsedAgainWhenItIsBack() throws Exception {
        untilHit("What is kept?");
        redis.kill();
        for (int i = 0; i < 5; i++) {
            expectModelInTime("What is kept?");
        }
        assertThat(bed.counted("gatehouse_cache_requests_total", "store_unavailable")).isPositive();
        redis.start();
        untilHit("What is kept anew?");
    }

    @Test
    void aRedisThatHangsCostsNoMoreThanItsDeadline() throws Exception {
        untilHit("What is slow?");
        redis.pause();
        try {
            for (int i = 0; i < 5; i++) {
                expectModelInTime("What is slow?");
            }
        } finally {
            redis.resume();
        }
        untilHit("What is quick again?");
    }

    @Test
    void aRedisThatIsFullLosesEntriesAndNoRequest() throws Exception {
        String filler = "x".repeat(60_000);
        for (int i = 0; i < 200; i++) {
            Answer answer = bed.askAlone("ann", chat("Filler number " + (i * 7919)), saying(filler), "x-tenant", "full");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains(filler);
        }
        bed.untilIdle();
        untilHit("What is left when all is full?");
    }

    private static List<Answer> burst(String question, Script script) throws Exception {
        List<Future<Answer>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < BURST; i++) {
                String body = i % 2 == 0 ? chat(question) : stream(question);
                asked.add(threads.submit(() -> bed.askAlone("ann", body, script, "x-tenant", "a")));
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> answer : asked) {
            answers.add(answer.get());
        }
        bed.untilIdle();
        return answers;
    }

    @Test
    void oneAsksTheModelAndAllAreAnswered() throws Exception {
        Script slow = streaming("All at once, and only once.", finish("stop"), "[DONE]").every(Duration.ofMillis(80));
        List<Answer> answers = burst("What do all want to know?", slow);
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers).filteredOn(answer -> answer.model().isPresent()).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.cache().equals("hit")).hasSize(BURST - 1);
        assertThat(bed.counted("gatehouse_cache_flights_total", "pilot")).isPositive();
    }

    @Test
    void whereItsAnswerIsNotOneToKeepAllGoToTheModelThemselves() throws Exception {
        Script filtered = streaming("Half of", finish("content_filter"), "[DONE]").every(Duration.ofMillis(80));
        List<Answer> answers = burst("What is filtered for all?", filtered);
        assertThat(answers).allMatch(answer -> answer.status() == 200 && answer.model().isPresent() && answer.cache().equals("miss"));
    }

    /** Asks until the answer is from the cache. @return how often the model was asked */
    private int untilHit(String question) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        for (int asked = 0; ; asked++) {
            Answer answer = bed.ask("ann", chat(question), saying("An answer."), "x-tenant", "a");
            assertThat(answer.body()).contains("An answer.");
            if (answer.cache().equals("hit")) {
                return asked;
            }
            assertThat(Instant.now()).as("a hit in time").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private void expectModelInTime(String question) throws Exception {
        long began = System.nanoTime();
        Answer answer = bed.askAlone("ann", chat(question), saying("A fresh answer."), "x-tenant", "a");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("A fresh answer.");
        assertThat(answer.cache()).isEqualTo("miss");
    }
}
