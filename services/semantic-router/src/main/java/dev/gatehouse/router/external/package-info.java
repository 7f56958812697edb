/**
 * A decider outside: a language model or a classifier that is asked for the route of a text, within a deadline, and whose word counts
 * only where it is the name of a route that was offered. The text is data to it, and what it says is never shown or kept as text.
 *
 * <p>May depend on {@code libs/exchange}'s keyed hash, {@code libs/policy}, LangChain4j, Caffeine and Jackson.
 */
package dev.gatehouse.router.external;
