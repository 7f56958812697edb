package dev.gatehouse.it.cache;

import static dev.gatehouse.it.cache.CacheBed.chat;
import static dev.gatehouse.it.cache.CacheBed.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cache.CacheBed.Answer;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Redis;
import dev.gatehouse.it.chain.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adversarial case 17: two replicas on one Redis that is shared, dies, is slow, or is full. A request goes on to the model within the timeout, always. */
class CacheOnRedisTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration LIMIT = TIMEOUT.plusSeconds(1);

    private Redis redis;
    private CacheBed bed;

    @BeforeEach
    void start() throws Exception {
        CacheBed.assumeRedis();
        redis = Redis.start("cache-store-redis", "--maxmemory", "8mb", "--maxmemory-policy", "volatile-ttl");
        bed = CacheBed.start("cache-store", Map.of("SemanticCachePolicy", CacheBed.POLICY.replace("timeout: 5s", "timeout: " + TIMEOUT.toMillis() + "ms")),
                Member.of("cache").times(2).with(CacheBed.sharing("cache-store", redis)));
    }

    @AfterEach
    void stop() {
        Optional.ofNullable(bed).ifPresent(CacheBed::close);
        Optional.ofNullable(redis).ifPresent(Redis::close);
    }

    @Test
    void repliesAreSharedByReplicasAndOutliveThem() throws Exception {
        untilHit("What is shared?");
        for (Replica replica : bed.chain().replicas("cache")) {
            replica.restart();
        }
        assertThat(untilHit("What is shared?")).as("asked once more at most, by a connection to a replica that was gone").isLessThanOrEqualTo(3);
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
    void aRedisThatHangsCostsAtMostTheTimeout() throws Exception {
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
