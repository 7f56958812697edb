package dev.gatehouse.text.pii;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what the recognisers propose and settles overlaps, stretch by stretch: proposals that overlap one with the next are settled
 * together. A stretch is cut where it gets longer than {@value #LONGEST_STRETCH} characters, which only texts made for it do.
 */
final class Findings {

    private static final String DETECTOR = "pii";
    private static final int LONGEST_STRETCH = 1024;
    private static final Comparator<Proposal> BY_PLACE = Comparator.comparingInt(proposal -> proposal.finding.start());

    private final double minimumScore;
    private final List<Finding> current = new ArrayList<>();
    private final List<Proposal> open = new ArrayList<>();

    /** @param rank of the recogniser: of equals, the finding of the first is taken */
    private record Proposal(int rank, Finding finding) {
    }

    Findings(double minimumScore) {
        this.minimumScore = minimumScore;
    }

    void propose(Entity entity, double score, int start, int end) {
        propose(entity.name(), score, start, end);
    }

    void propose(String category, double score, int start, int end) {
        if (score >= minimumScore && end > start) {
            current.add(new Finding(DETECTOR, category, score, start, end));
        }
    }

    /** What was proposed since the last time stands. */
    void accept(int rank) {
        if (!current.isEmpty()) {
            current.forEach(finding -> open.add(new Proposal(rank, finding)));
            current.clear();
        }
    }

    /** What was proposed since the last time is forgotten. */
    void discard() {
        current.clear();
    }

    /** Takes the winners of the stretches to which nothing can be added that starts at an index or after; by start, without overlaps. */
    List<Finding> settle(int index) {
        if (open.isEmpty()) {
            return List.of();
        }
        open.sort(BY_PLACE);
        List<Finding> settled = new ArrayList<>();
        for (int count = stretch(index); count > 0; count = stretch(index)) {
            List<Proposal> stretch = open.subList(0, count);
            stretch.sort(Comparator.comparingInt(Proposal::rank));
            settled.addAll(Overlaps.strongest(stretch.stream().map(Proposal::finding).toList()));
            stretch.clear();
        }
        return settled;
    }

    /** Where the first proposal starts that is not settled, or the index if that is less. */
    int settledUpTo(int index) {
        return open.isEmpty() ? index : Math.min(index, open.getFirst().finding.start());
    }

    /** How many of the first proposals are one stretch; 0 if it may still grow. */
    private int stretch(int index) {
        if (open.isEmpty()) {
            return 0;
        }
        int limit = open.getFirst().finding.start() + LONGEST_STRETCH;
        int end = 0;
        for (int count = 0; count < open.size(); count++) {
            Finding finding = open.get(count).finding;
            if (count > 0 && (finding.start() >= end || finding.start() >= limit)) {
                return count;
            }
            end = Math.max(end, finding.end());
        }
        return index >= Math.min(end, limit) ? open.size() : 0;
    }
}
