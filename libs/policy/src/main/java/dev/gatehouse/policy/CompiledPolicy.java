package dev.gatehouse.policy;

import dev.gatehouse.policy.document.Place;

/**
 * A policy and, beside it, what the feature made of it.
 *
 * @param place where the document stands
 */
public record CompiledPolicy<P extends Policy, C>(P policy, C compiled, Place place) {}
