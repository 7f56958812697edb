/**
 * Fetches answers anew, in the background, for entries that have expired and are still served. Asks the policy's own backend with the
 * policy's own credential. May depend on {@code libs/exchange}, {@code libs/llm}, {@code libs/policy}, {@code libs/state}, the packages
 * {@code answer}, {@code ask} and {@code tier}, and the JDK.
 */
package dev.gatehouse.cache.refresh;
