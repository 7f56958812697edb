/**
 * The neutral model of one HTTP exchange as a feature sees it.
 *
 * <p>A feature (prompt guard, rate limit, cache ...) implements {@link dev.gatehouse.exchange.Feature} and
 * {@link dev.gatehouse.exchange.Handler} against these types only. How the bytes came here, by ext_proc or ext_authz, is the
 * business of {@code libs/envoy}. The contracts between services (hand-over, placeholders, local replies) are records here.
 *
 * <p>May depend on nothing but the JDK.
 */
package dev.gatehouse.exchange;
