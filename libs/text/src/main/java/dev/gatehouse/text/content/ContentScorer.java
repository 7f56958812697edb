package dev.gatehouse.text.content;

import java.util.Map;

/**
 * Says how harmful a text is, by category: the place of a model. Thread-safe; deterministic, so that what a stream finds does not depend on
 * when it was asked.
 */
@FunctionalInterface
public interface ContentScorer {

    /** Scores from 0 to 1 by category, of one sentence or paragraph; a category that is left out is 0. */
    Map<String, Double> score(String text);
}
