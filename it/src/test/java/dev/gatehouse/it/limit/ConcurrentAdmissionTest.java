package dev.gatehouse.it.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A burst against a budget for a part of it, over three replicas that share one Redis behind a real Envoy. */
class ConcurrentAdmissionTest {

    private static final int BURST = 1_000;
    private static final int TOKENS = 20;
    private static final int FIT = 100;
    private static final Duration PATIENT = Duration.ofSeconds(2);

    @BeforeAll
    static void needsPrograms() {
        TestBed.assumePrograms();
    }

    private static String policy(int amount, String window, String algorithm) {
        return """
                failureMode: FailClosed
                timeout: 10s
                estimate: {output: MaxTokens}
                limits: [{name: out, quota: {amount: %d, unit: OutputTokens, window: %s, algorithm: %s}}]
                """.formatted(amount, window, algorithm);
    }

    @ParameterizedTest
    @CsvSource({"Month, FixedWindow", "31d, SlidingWindow", "31d, TokenBucket"})
    void aThousandAtOnceAgainstABudgetForAHundredAdmitAHundred(String window, String algorithm) throws Exception {
        try (TestBed bed = TestBed.start("burst-" + algorithm.toLowerCase(), policy(FIT * TOKENS, window, algorithm), 3, Redis.start("burst-redis"), PATIENT)) {
            List<Burst.Answer> answers = Burst.send(bed.chain().listener(Attached.FULL_DUPLEX_STREAMED), BURST, i -> TOKENS);
            assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(FIT);
            assertThat(answers.stream().filter(answer -> answer.status() == 429)).hasSize(BURST - FIT);
            assertThat(bed.answered(200)).as("by the model's log").isEqualTo(FIT);
        }
    }

    @ParameterizedTest
    @CsvSource({"Month, FixedWindow", "31d, TokenBucket"})
    void nobodyIsRefusedWhileATwentiethOfTheBudgetIsFree(String window, String algorithm) throws Exception {
        int amount = 4_000;
        Random random = new Random(5);
        try (TestBed bed = TestBed.start("share-" + algorithm.toLowerCase(), policy(amount, window, algorithm), 3, Redis.start("share-redis"), PATIENT)) {
            List<Burst.Answer> answers = Burst.send(bed.chain().listener(Attached.FULL_DUPLEX_STREAMED), BURST, i -> 1 + random.nextInt(amount / 20));
            int used = answers.stream().filter(answer -> answer.status() == 200).mapToInt(Burst.Answer::tokens).sum();
            assertThat(answers).anyMatch(answer -> answer.status() == 429);
            assertThat(used).isBetween(amount * 95 / 100, amount);
        }
    }
}
