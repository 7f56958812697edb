package dev.gatehouse.text.pii;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a scan costs, in microseconds of CPU time of one thread, on texts of random words, none twice. Run by name:
 * {@code mvn -pl libs/text -am test -Dtest=PiiThroughput -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("bench")
class PiiThroughput {

    private static final int TEXTS = 2000;
    private static final int ROUNDS = 15;
    private static final List<String> WITH = List.of("SSN 536-22-8145", "mail jane.doe@example.org", "card 4111 1111 1111 1111", "call +49 30 901820");

    private final PiiDetector detector = new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE);
    private final Random random = new Random(1);

    @Test
    void measures_the_cost_of_a_scan() {
        for (int words : new int[] {30, 150, 500}) {
            report(words + " words, none", texts(words, 0));
            report(words + " words, a year and two numbers", texts(words, 1));
            report(words + " words, four entities", texts(words, 2));
        }
    }

    private void report(String name, List<String> texts) {
        double[] micros = new double[ROUNDS];
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            for (String text : texts) {
                found += detector.scan(text).size();
            }
            micros[round] = (cpuNanos() - start) / 1000.0 / texts.size();
        }
        Arrays.sort(micros);
        System.out.printf(Locale.ROOT, "%-40s %7.1f us a text (median of %d rounds), %.1f findings%n", name, micros[ROUNDS / 2], ROUNDS,
            (double) found / ROUNDS / texts.size());
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private List<String> texts(int words, int kind) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            texts.add(text(words, kind));
        }
        return texts;
    }

    private String text(int words, int kind) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            parts.add(word());
        }
        if (kind == 1) {
            parts.addAll(words / 2, List.of("in 2019", word(), "12 of 350"));
        }
        if (kind == 2) {
            parts.addAll(words / 2, WITH);
        }
        return String.join(" ", parts) + ".";
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        int length = 2 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
