package dev.gatehouse.text.stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.text.stream.AnswerRule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many characters wait after each delta, and what a delta costs: harmless labelled texts in deltas of four characters. Run by name:
 * {@code GATEHOUSE_DATA=<folder> mvn -pl libs/text -am test -Dtest=HeldBackBench -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("bench")
class HeldBackBench {

    private static final int DELTA = 4;
    private static final int TEXTS = 1_200;

    @Test
    void measures_what_waits_and_what_a_delta_costs() {
        List<String> texts = AnswerTexts.harmless().stream().limit(TEXTS).toList();
        assumeTrue(!texts.isEmpty(), "GATEHOUSE_DATA names no folder with guard/injection.jsonl");
        Map<String, StreamingDetector> all = AnyDetectors.all();
        System.out.println("| rules | held back, median | 99th percentile | most | a delta, median µs | 99th percentile µs |\n|---|---|---|---|---|---|");
        all.forEach((name, detector) -> report(name, List.of(detector), texts));
        report("pii + secrets + leak", List.of(all.get("pii"), all.get("secrets"), all.get("leak")), texts);
        report("all", List.copyOf(all.values()), texts);
    }

    private static void report(String name, List<StreamingDetector> detectors, List<String> texts) {
        AnswerRules rules = AnswerRules.redacting(detectors.stream().map(detector -> new AnswerRule(name, detector, 0.5, Action.MASK)).toList());
        measure(rules, texts.subList(0, texts.size() / 4));
        List<long[]> measured = measure(rules, texts);
        long[] held = measured.stream().mapToLong(m -> m[0]).sorted().toArray();
        long[] nanos = measured.stream().mapToLong(m -> m[1]).sorted().toArray();
        System.out.printf(Locale.ROOT, "| %s | %d | %d | %d | %.1f | %.1f |%n", name, at(held, 0.5), at(held, 0.99), held[held.length - 1],
                at(nanos, 0.5) / 1e3, at(nanos, 0.99) / 1e3);
    }

    private static List<long[]> measure(AnswerRules rules, List<String> texts) {
        List<long[]> measured = new ArrayList<>();
        for (String text : texts) {
            AnswerStream stream = rules.open();
            for (int from = 0; from < text.length(); from += DELTA) {
                String delta = text.substring(from, Math.min(text.length(), from + DELTA));
                long start = System.nanoTime();
                stream.feed(delta);
                measured.add(new long[] {stream.heldBack(), System.nanoTime() - start});
            }
            stream.end();
        }
        return measured;
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
