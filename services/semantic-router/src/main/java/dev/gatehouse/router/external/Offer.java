package dev.gatehouse.router.external;

/**
 * A route that a decider may choose.
 *
 * @param description what belongs there, as the policy says; may be empty
 */
public record Offer(String route, String description) {}
