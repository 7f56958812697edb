package dev.gatehouse.policy.guard;

/** What the guard does with content that it cannot read. */
public enum UninspectableAction {
    /** Refuses the request. */ Block,
    /** Lets it pass. */ Allow,
    /** Lets it pass and records it. */ Report,
    /** Reads the bytes as plain UTF-8 text; only for bodies in no known format. */ InspectAsText
}
