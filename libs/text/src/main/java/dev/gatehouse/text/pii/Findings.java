package dev.gatehouse.text.pii;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import java.util.ArrayList;
import java.util.List;

/** Collects what the recognisers propose and settles overlaps. */
final class Findings {

    private static final String DETECTOR = "pii";

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
        return Overlaps.strongest(proposed);
    }
}
