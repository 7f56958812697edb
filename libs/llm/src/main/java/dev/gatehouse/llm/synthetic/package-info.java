/**
 * Writes answers that no model gives now, in a provider's own format and framing: what a cache has kept, whole or as the events of a
 * stream. {@link dev.gatehouse.llm.synthetic.AnswerWriter} is where to begin.
 *
 * <p>May depend on {@code dev.gatehouse.llm} and its stream package, Jackson and the JDK. Knows no policy and no store.
 */
package dev.gatehouse.llm.synthetic;
