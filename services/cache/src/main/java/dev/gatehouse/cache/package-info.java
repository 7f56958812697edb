/**
 * The semantic cache: answers a prompt that means the same as an earlier one, inside one tenant, with a bound on wrong answers.
 *
 * <p>One request's story: {@link dev.gatehouse.cache.CacheFeature} finds the policy, {@link dev.gatehouse.cache.CacheHandler} reads the
 * prompt and makes a question of it ({@code ask}), looks it up ({@code tier}, which asks {@code verify} and {@code bound}), and replies from
 * the cache or lets it go on and records the answer ({@code answer}). {@code wiring} is the only CDI.
 */
package dev.gatehouse.cache;
