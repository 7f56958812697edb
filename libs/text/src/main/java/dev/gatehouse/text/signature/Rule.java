package dev.gatehouse.text.signature;

import java.util.List;

/**
 * One signature.
 *
 * @param id       name in the rule file
 * @param category what it is a sign of, e.g. {@code instruction-override}
 * @param score    confidence that a text with it is an attack, 0 to 1
 * @param sequences the word sequences any of which is a match; empty for a rule that is a pattern
 */
record Rule(String id, String category, double score, List<Sequence> sequences) {

    /**
     * Word classes one after the other.
     *
     * @param opens whether the first must open a sentence
     * @param slots the classes
     */
    record Sequence(boolean opens, List<Slot> slots) {
    }

    /**
     * One place in a sequence.
     *
     * @param wordClass name of the class
     * @param gap       words that may stand between the place before and this one
     */
    record Slot(String wordClass, int gap) {
    }
}
