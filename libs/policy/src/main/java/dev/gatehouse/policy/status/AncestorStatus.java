package dev.gatehouse.policy.status;

/** How a policy stands with respect to one ancestor. */
public record AncestorStatus(Ancestor ancestor, Condition accepted, Condition programmed) {}
