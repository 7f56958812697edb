package dev.gatehouse.router.classify;

import java.util.List;
import java.util.Map;

/**
 * What an author of examples should know.
 *
 * @param thresholds by route
 * @param confusions most frequent first
 * @param overlaps   examples of two routes that mean nearly the same, at most {@value #MOST_OVERLAPS}
 */
public record Report(Map<String, Double> thresholds, List<Confusion> confusions, List<Overlap> overlaps) {

    static final int MOST_OVERLAPS = 100;
    /** The cosine from which on two examples overlap. */
    static final double OVERLAP = 0.92;

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
