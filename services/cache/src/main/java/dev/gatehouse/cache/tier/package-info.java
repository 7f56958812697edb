/**
 * The tiers of the cache, and the one way through them for live traffic, dry run and simulation: {@link
 * dev.gatehouse.cache.tier.SemanticCache}. An answer is found by its exact question, or by nearness and what the verifier and the bound
 * say to it.
 *
 * <p>May depend on {@code verify} and {@code bound} beside it, {@code libs/embedding}, {@code libs/state} and {@code libs/exchange}. Knows no
 * policy document and no request; an answer is bytes to it.
 */
package dev.gatehouse.cache.tier;
