/**
 * Counts tokens before a model does: the input of a request and the output of an answer, by model.
 *
 * <p>Where a vocabulary is public it is used and the count is that of the provider; elsewhere the count is an estimate by script, which
 * learns from the usage that providers report. Any text is counted in time linear in its length and within a bound. Kept apart from
 * {@code libs/llm} so that a service that counts nothing carries no vocabularies. May depend on {@code libs/llm}, JTokkit and the JDK.
 */
package dev.gatehouse.tokens;
