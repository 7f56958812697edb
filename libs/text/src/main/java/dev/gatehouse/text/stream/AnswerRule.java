package dev.gatehouse.text.stream;

/**
 * One rule over an answer.
 *
 * @param name         for those who read the hits
 * @param detector     what it looks for
 * @param minimumScore findings below do not count
 * @param action       what a finding does
 */
public record AnswerRule(String name, StreamingDetector detector, double minimumScore, Action action) {

    /** What a finding does, mildest first. */
    public enum Action {
        /** It is told. The text passes on without waiting for this rule. */
        REPORT,
        /** What was found is replaced before it passes on. */
        MASK,
        /** Nothing from the finding's start on passes. */
        BLOCK
    }

    /** Whether text waits for this rule's word. */
    boolean holdsBack() {
        return action != Action.REPORT;
    }
}
