package dev.gatehouse.policy.risk;

/** What a rule does with what it finds in an answer. */
public enum RiskAction {
    /** Ends the answer: by an error in its place, or, where some of it has gone out, by the provider's own ending. */ Block,
    /** Puts {@code [REDACTED_TYPE]} in the place of what was found. */ Mask,
    /** Lets the answer pass and records the finding. */ Report
}
