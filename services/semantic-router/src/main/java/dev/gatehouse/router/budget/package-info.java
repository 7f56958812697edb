/**
 * What the asker still has of budgets for each candidate, as the rate limit service says ({@code gatehouse.v1.Budgets/Peek}).
 *
 * <p>May depend on {@code libs/exchange}, {@code libs/policy}, {@code libs/envoy}'s {@code ratelimit} records and {@code health}.
 */
package dev.gatehouse.router.budget;
