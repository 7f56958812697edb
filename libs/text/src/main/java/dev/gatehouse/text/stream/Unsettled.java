package dev.gatehouse.text.stream;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Findings of one growing text, some of which are to be chosen where they overlap. They are settled stretch by stretch: those that overlap
 * one with the next, together ({@link Overlaps#strongest}). A stretch is cut where it gets longer than {@value #LONGEST_STRETCH}
 * characters, which only texts made for it do.
 */
public final class Unsettled {

    private static final int LONGEST_STRETCH = 1024;

    private final List<Proposal> open = new ArrayList<>();

    /** @param rank of the one who proposes: of equals, the finding of the first is taken */
    private record Proposal(int rank, Finding finding) {

        int start() {
            return finding.start();
        }
    }

    /** A finding that is certain but for what it may overlap. @param rank of equals, that of the lowest rank is taken */
    public void add(int rank, Finding finding) {
        open.add(new Proposal(rank, finding));
    }

    /** Takes the winners of the stretches to which nothing can be added that starts at an index or after; by start, without overlaps. */
    public List<Finding> settle(int index) {
        if (open.isEmpty()) {
            return List.of();
        }
        open.sort(Comparator.comparingInt(Proposal::start));
        List<Finding> settled = new ArrayList<>();
        for (int count = stretch(index); count > 0; count = stretch(index)) {
            List<Proposal> stretch = open.subList(0, count);
            stretch.sort(Comparator.comparingInt(Proposal::rank));
            settled.addAll(Overlaps.strongest(stretch.stream().map(Proposal::finding).toList()));
            stretch.clear();
        }
        return settled;
    }

    /** Where the first finding starts that is not settled, or the index if that is less. */
    public int settledUpTo(int index) {
        return open.stream().mapToInt(Proposal::start).reduce(index, Math::min);
    }

    /** How many of the first findings are one stretch; 0 if it may still grow. */
    private int stretch(int index) {
        if (open.isEmpty()) {
            return 0;
        }
        int limit = open.getFirst().start() + LONGEST_STRETCH;
        int end = open.getFirst().finding.end();
        int count = 1;
        for (; count < open.size() && open.get(count).start() < Math.min(end, limit); count++) {
            end = Math.max(end, open.get(count).finding.end());
        }
        return index >= Math.min(end, limit) ? count : 0;
    }
}
