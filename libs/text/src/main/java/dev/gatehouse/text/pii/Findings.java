package dev.gatehouse.text.pii;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.Unsettled;
import java.util.ArrayList;
import java.util.List;

/** Collects what the recognisers propose; what one proposes at a seed stands once it has seen all that it asked for. */
final class Findings {

    private static final String DETECTOR = "pii";

    private final double minimumScore;
    private final List<Finding> proposed = new ArrayList<>();
    private final Unsettled unsettled = new Unsettled();

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

    /** What was proposed since the last time stands. @param rank of the recogniser: of equals, the finding of the first is taken */
    void accept(int rank) {
        if (!proposed.isEmpty()) {
            proposed.forEach(finding -> unsettled.add(rank, finding));
            proposed.clear();
        }
    }

    /** What was proposed since the last time is forgotten. */
    void discard() {
        proposed.clear();
    }

    Unsettled unsettled() {
        return unsettled;
    }
}
