package dev.gatehouse.ratelimit.settle;

/** What an exchange came to, and so what is charged. */
public sealed interface Outcome {

    /** The request never went on: everything is given back. */
    record NotForwarded() implements Outcome {}

    /** It was refused behind us, or answered with an error: tokens and money are given back, it counts as a request. */
    record Failed() implements Outcome {}

    /** Nobody sees the answer: the estimate is charged. */
    record Estimated() implements Outcome {}

    /** The client left before the answer began: the model was asked, so the input is charged. */
    record NoAnswer() implements Outcome {}

    /**
     * It was answered, to its end or in part.
     *
     * @param used  what was used
     * @param share of it that is charged, 0 to 1: less than 1 for an answer from the cache
     * @param whole whether the answer came to its end
     */
    record Answered(Used used, double share, boolean whole) implements Outcome {}
}
