/**
 * Envoy's rate limit service ({@code envoy.service.ratelimit.v3}), Limitador's two calls over the same messages, and
 * {@code gatehouse.v1.Budgets}, each turned into plain records and one interface that a service implements: {@link
 * dev.gatehouse.envoy.ratelimit.RateLimiter}, {@link dev.gatehouse.envoy.ratelimit.Limitador}, {@link
 * dev.gatehouse.envoy.ratelimit.Budgets}. Answers are completion stages, so that a call waits on no thread.
 *
 * <p>Depends on gRPC, protobuf and the JDK.
 */
package dev.gatehouse.envoy.ratelimit;
