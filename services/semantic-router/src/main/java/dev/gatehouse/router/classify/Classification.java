package dev.gatehouse.router.classify;

import java.util.List;

/**
 * What a head makes of a text.
 *
 * @param candidates best first; every route that is classified
 * @param score      how sure it is that the text belongs to the best, 0 to 1, comparable between requests
 * @param threshold  of the best, from which on it is sure
 * @param nearest    examples, nearest first, at most 5
 */
public record Classification(List<Scored> candidates, double score, double threshold, List<Near> nearest) {

    /**
     * @param score     0 to 1
     * @param threshold of this route, from which on it is sure
     */
    public record Scored(String route, double score, double threshold) {

        public boolean isSure() {
            return score >= threshold;
        }
    }

    /** @param cosine to the text */
    public record Near(String route, String text, double cosine) {

        /** Never shows the text. */
        @Override
        public String toString() {
            return "Near[" + route + ", " + cosine + "]";
        }
    }

    /** Whether it belongs to none, as far as the head can tell. */
    public boolean outOfScope() {
        return candidates.isEmpty() || score < threshold;
    }
}
