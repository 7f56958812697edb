/**
 * {@code TokenRateLimitPolicy} and {@code TokenRateLimitOverride}: how much of what each key may use in which time. Records only; CEL
 * expressions are texts here, whoever runs them compiles them.
 */
package dev.gatehouse.policy.limit;
