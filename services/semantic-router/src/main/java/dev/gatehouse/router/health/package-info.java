/**
 * Whether candidates may be chosen now: what the shared record of their health says, what an exchange adds to it, and what is left of
 * an identity's budget for them ({@link dev.gatehouse.router.health.Availability}).
 *
 * <p>May depend on {@code libs/exchange}, {@code libs/llm}, {@code libs/policy} and {@code libs/state}.
 */
package dev.gatehouse.router.health;
