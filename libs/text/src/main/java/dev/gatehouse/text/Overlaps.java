package dev.gatehouse.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settles findings that overlap. What comes out is ordered by start. */
public final class Overlaps {

    private static final Comparator<Finding> STRONGEST = Comparator.comparingDouble(Finding::score).reversed()
            .thenComparing(Comparator.comparingInt(Finding::length).reversed()).thenComparingInt(Finding::start);
    private static final Comparator<Finding> BY_PLACE = Comparator.comparingInt(Finding::start).thenComparingInt(Finding::end)
            .thenComparing(Finding::category);

    private Overlaps() {
    }

    /** Without overlaps: the higher score wins, then the longer span, then the earlier one, then the one that comes first in the list. */
    public static List<Finding> strongest(List<Finding> findings) {
        if (findings.size() < 2) {
            return List.copyOf(findings);
        }
        TreeMap<Integer, Finding> kept = new TreeMap<>();
        findings.stream().sorted(STRONGEST).filter(finding -> isFree(finding, kept)).forEach(finding -> kept.put(finding.start(), finding));
        return List.copyOf(kept.values());
    }

    /** One finding for each stretch of overlapping findings of one category, with the highest of their scores. */
    public static List<Finding> merged(List<Finding> findings) {
        List<Finding> merged = new ArrayList<>();
        for (Finding finding : findings.stream().sorted(Comparator.comparing(Finding::category).thenComparing(BY_PLACE)).toList()) {
            Finding last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.category().equals(finding.category()) && last.overlaps(finding)) {
                merged.set(merged.size() - 1, union(last, finding));
            } else {
                merged.add(finding);
            }
        }
        merged.sort(BY_PLACE);
        return List.copyOf(merged);
    }

    private static boolean isFree(Finding finding, TreeMap<Integer, Finding> kept) {
        Map.Entry<Integer, Finding> before = kept.lowerEntry(finding.end());
        return before == null || before.getValue().end() <= finding.start();
    }

    private static Finding union(Finding a, Finding b) {
        return new Finding(a.detector(), a.category(), Math.max(a.score(), b.score()), Math.min(a.start(), b.start()), Math.max(a.end(), b.end()));
    }
}
