package dev.gatehouse.router.classify;

import java.util.List;
import java.util.Map;

/**
 * What an author of examples should know.
 *
 * @param thresholds by route
 * @param routes     in the order of the policy
 * @param confusions most frequent first
 * @param overlaps   examples of two routes that mean nearly the same, at most {@value #MOST_OVERLAPS}
 */
public record Report(Map<String, Double> thresholds, List<Quality> routes, List<Confusion> confusions, List<Overlap> overlaps) {

    static final int MOST_OVERLAPS = 100;
    /** The cosine from which on two examples overlap. */
    static final double OVERLAP = 0.92;

    /**
     * How well a route's own examples tell it, each asked of a model that had not seen it.
     *
     * @param threshold from which on the classifier is sure
     * @param right     examples that were taken for this route's
     * @param sure      those of them that reach the threshold
     */
    public record Quality(String route, int examples, int negatives, double threshold, int right, int sure) {}

    /** How many examples of a route were taken for another's by a model that had not seen them. */
    public record Confusion(String route, String takenFor, int examples) {}

    /** Two examples. */
    public record Overlap(String route, String text, String otherRoute, String otherText, double cosine) {

        /** Never shows the texts. */
        @Override
        public String toString() {
            return "Overlap[" + route + ", " + otherRoute + ", " + cosine + "]";
        }
    }
}
