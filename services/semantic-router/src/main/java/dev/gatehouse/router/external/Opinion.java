package dev.gatehouse.router.external;

/** What a decider outside came to. */
public sealed interface Opinion {

    /** A route of the offered ones. @param remembered whether it was said to an earlier question of the same text */
    record Chosen(String route, boolean remembered) implements Opinion {}

    /** It says that none of the offered routes fits. */
    record None(boolean remembered) implements Opinion {}

    /** There is no opinion: the policy's own classifier decides. */
    record Missing(Why why) implements Opinion {}

    /** Why there is no opinion. */
    enum Why {
        /** No answer within the deadline. */ LATE,
        /** The endpoint refused or cannot be reached. */ FAILED,
        /** It said what is no offered route. */ OUTSIDE,
        /** As many questions as allowed are under way. */ BUSY,
        /** It failed lately and is left alone for now. */ AWAY
    }
}
