package dev.gatehouse.text.pii;

import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what the recognisers propose and settles overlaps: the higher score wins, then the longer span, then the earlier one. */
final class Findings {

    private static final String DETECTOR = "pii";
    private static final Comparator<Finding> STRONGEST = Comparator.comparingDouble(Finding::score).reversed()
        .thenComparing(Comparator.comparingInt(Finding::length).reversed()).thenComparingInt(Finding::start);

    private final double minimumScore;
    private final List<Finding> proposed = new ArrayList<>();

    Findings(double minimumScore) {
        this.minimumScore = minimumScore;
    }

    void propose(Entity entity, double score, int start, int end) {
        propose(entity.name(), score, start, end);
    }

    void propose(String category, double score, int start, int end) {
        if (score >= minimumScore && end > start) {
            proposed.add(new Finding(DETECTOR, category, score, start, end));
        }
    }

    /** The winners, by start; none overlaps another. */
    List<Finding> settle() {
        if (proposed.size() < 2) {
            return List.copyOf(proposed);
        }
        proposed.sort(STRONGEST);
        TreeMap<Integer, Finding> winners = new TreeMap<>();
        proposed.forEach(finding -> settle(winners, finding));
        return List.copyOf(winners.values());
    }

    private static void settle(TreeMap<Integer, Finding> winners, Finding finding) {
        Map.Entry<Integer, Finding> before = winners.lowerEntry(finding.end());
        if (before == null || before.getValue().end() <= finding.start()) {
            winners.put(finding.start(), finding);
        }
    }
}
