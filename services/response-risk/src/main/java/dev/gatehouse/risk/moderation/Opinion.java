package dev.gatehouse.risk.moderation;

import java.util.List;
import java.util.Optional;

/**
 * What an endpoint thinks of a text.
 *
 * @param objections  what is wrong with it; none when nothing is
 * @param replacement the text that it wants in this one's place
 */
public record Opinion(List<Objection> objections, Optional<String> replacement) {

    /**
     * @param category as the endpoint names it, made low-cardinality: at most 64 of a-z, 0-9, {@code _}, {@code -} and {@code /}
     * @param score    0 to 1; 1 where the endpoint has none
     */
    public record Objection(String category, double score) {}

    /** Nothing is wrong. */
    public static final Opinion NONE = new Opinion(List.of(), Optional.empty());

    public static Opinion against(List<Objection> objections) {
        return new Opinion(objections, Optional.empty());
    }

    /** Never shows the replacement. */
    @Override
    public String toString() {
        return "Opinion" + objections;
    }
}
