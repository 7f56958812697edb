package dev.gatehouse.text.view;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a detector over several readings of a text and places what it finds in the original. A reading equal to one already read is
 * skipped, and of overlapping findings of one category the one with the higher score stays, the earlier reading's if they are equal.
 *
 * @param detector what to run
 * @param kinds    the readings it is run over
 */
public record EvasionScan(Detector detector, Set<View.Kind> kinds) {

    public EvasionScan {
        kinds = Set.copyOf(kinds);
    }

    /** Over the original, the canonical reading and every payload; not over the guesses (leet, ciphers), where data would be garbled. */
    public static EvasionScan ofData(Detector detector) {
        return new EvasionScan(detector, EnumSet.of(View.Kind.ORIGINAL, View.Kind.CANONICAL, View.Kind.TAGS,
                View.Kind.VARIATION_SELECTORS, View.Kind.BASE64, View.Kind.HEX, View.Kind.BINARY, View.Kind.REVERSED));
    }

    /** Over every reading. */
    public static EvasionScan ofWords(Detector detector) {
        return new EvasionScan(detector, EnumSet.allOf(View.Kind.class));
    }

    /** What was found, in the original's offsets, ordered by start. */
    public List<Finding> scan(InspectedText text) {
        List<Finding> found = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (View view : text.views()) {
            if (kinds.contains(view.kind()) && !read.contains(view.text())) {
                read.add(view.text());
                detector.scan(view.text()).forEach(finding -> found.add(view.original(finding)));
            }
        }
        return read.size() < 2 ? List.copyOf(found) : distinct(found);
    }

    /** Sorted by category and place, a finding can only repeat the one kept before it. */
    private static List<Finding> distinct(List<Finding> found) {
        found.sort(Comparator.comparing(Finding::category).thenComparing(Finding::start));
        List<Finding> kept = new ArrayList<>();
        for (Finding finding : found) {
            Finding last = kept.isEmpty() ? null : kept.getLast();
            if (last == null || !last.category().equals(finding.category()) || !last.overlaps(finding)) {
                kept.add(finding);
            } else if (finding.score() > last.score()) {
                kept.set(kept.size() - 1, finding);
            }
        }
        kept.sort(Comparator.comparingInt(Finding::start));
        return List.copyOf(kept);
    }
}
