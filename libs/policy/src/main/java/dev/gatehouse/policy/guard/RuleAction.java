package dev.gatehouse.policy.guard;

/** What a rule does with what it finds. */
public enum RuleAction {
    /** Refuses the request. */ Block,
    /** Replaces what was found and lets the request pass. */ Mask,
    /** Lets the request pass and records the finding. */ Report
}
