package dev.gatehouse.it.cache;

import static dev.gatehouse.it.cache.CacheBed.chat;
import static dev.gatehouse.it.cache.CacheBed.finish;
import static dev.gatehouse.it.cache.CacheBed.stream;
import static dev.gatehouse.it.cache.CacheBed.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cache.CacheBed.Answer;
import dev.gatehouse.it.chain.Backend.Script;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Redis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Adversarial case 16: a burst of equal prompts over two replicas, and what becomes of it when the one that asks fails. */
class EqualPromptsRedisTest {

    private static final int BURST = 24;

    private static Redis redis;
    private static CacheBed bed;

    @BeforeAll
    static void start() throws Exception {
        CacheBed.assumeRedis();
        redis = Redis.start("cache-burst-redis");
        bed = CacheBed.start("cache-burst", Map.of("SemanticCachePolicy", CacheBed.POLICY + "singleFlight: {maxWait: 20s}\n"),
                Member.of("cache").times(2).with(CacheBed.sharing("cache-burst", redis)));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(CacheBed::close);
        Optional.ofNullable(redis).ifPresent(Redis::close);
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
}
