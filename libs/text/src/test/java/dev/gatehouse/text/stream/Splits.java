package dev.gatehouse.text.stream;

import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A text fed to a stream in pieces, and what came of it. */
public final class Splits {

    private static final Comparator<Finding> ORDER = Comparator.comparingInt(Finding::start).thenComparingInt(Finding::end)
            .thenComparing(Finding::category).thenComparing(Finding::score);

    private Splits() {
    }

    /** What a stream finds in a text cut at these places, which ascend; also checks what the stream says of itself. */
    public static List<Finding> findings(StreamingDetector detector, String text, int... cuts) {
        DetectorStream stream = detector.open();
        List<Finding> found = new ArrayList<>();
        int settled = 0;
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : text.length();
            settled = check(stream.feed(text.substring(from, to)), settled, text.substring(0, to), found);
            from = to;
        }
        settled = check(stream.end(), settled, text, found);
        if (settled != text.length()) {
            throw new AssertionError("at the end only " + settled + " of " + text.length() + " are settled");
        }
        return sorted(found);
    }

    /** By place, then category. */
    public static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().sorted(ORDER).toList();
    }

    /** Ascending places in a text: pieces of one to eight characters, or a few long ones. */
    public static int[] random(Random random, int length) {
        int longest = 1 + random.nextInt(random.nextBoolean() ? 8 : Math.max(8, length));
        List<Integer> cuts = new ArrayList<>();
        for (int at = random.nextInt(longest + 1); at < length; at += 1 + random.nextInt(longest)) {
            cuts.add(at);
        }
        return cuts.stream().mapToInt(i -> i).toArray();
    }

    /** One piece for each unit. */
    public static int[] every(int length) {
        int[] cuts = new int[Math.max(0, length - 1)];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i + 1;
        }
        return cuts;
    }

    private static int check(DetectorStream.Progress progress, int settled, String known, List<Finding> found) {
        if (progress.settled() < settled || progress.settled() > known.length()) {
            throw new AssertionError("settled went from " + settled + " to " + progress.settled() + " of " + known);
        }
        for (Finding finding : progress.findings()) {
            if (finding.start() < settled) {
                throw new AssertionError(finding + " starts in what was settled: " + settled + " of " + known);
            }
        }
        found.addAll(progress.findings());
        return progress.settled();
    }
}
