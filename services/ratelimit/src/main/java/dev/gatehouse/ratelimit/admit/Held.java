package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.state.limit.Claim;

/** A budget and what a request reserves of it. */
public record Held(Budget budget, Claim claim) {}
