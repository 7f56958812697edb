package dev.gatehouse.router.health;

/**
 * Why a candidate is skipped.
 *
 * @param detail for people: names of policies and numbers, nothing that a client said
 */
public record Unavailable(Reason reason, String detail) {

    /** What keeps it from being chosen. */
    public enum Reason {
        /** It has answered badly lately, or asked to be left alone. */ CIRCUIT,
        /** Nothing is left of a budget that the request would be charged to. */ BUDGET
    }
}
