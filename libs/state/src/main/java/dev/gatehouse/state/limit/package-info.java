/**
 * Limits that many replicas share: budgets which are reserved before a request runs and settled after it, in memory or in Redis behind
 * one interface, {@link dev.gatehouse.state.limit.Limits}.
 *
 * <p>May depend on {@code dev.gatehouse.state}, the Vert.x Redis client and Caffeine. It knows no policy, no token and no protocol:
 * what an amount counts (tokens, requests, bytes, millionths of a currency) is the caller's.
 */
package dev.gatehouse.state.limit;
