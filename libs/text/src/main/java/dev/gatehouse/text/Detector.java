package dev.gatehouse.text;

import java.util.List;

/**
 * Looks for one family of things in a text. Immutable and thread-safe; work is linear in the text's length (no pattern that can
 * backtrack), so that a hostile text costs no more than a friendly one.
 */
@FunctionalInterface
public interface Detector {

    /** What was found, ordered by start; findings of one detector do not overlap unless it says so. */
    List<Finding> scan(String text);
}
