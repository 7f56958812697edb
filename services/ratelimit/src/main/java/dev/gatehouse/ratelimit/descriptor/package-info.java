/**
 * The Envoy rate limit service over the store of limits: descriptors and their configuration as envoyproxy/ratelimit has them, its
 * decisions, answers and statistics, Limitador's two calls.
 *
 * <p>Depends on the plain records of {@code libs/envoy}, on {@code libs/state} and SnakeYAML; knows no container.
 */
package dev.gatehouse.ratelimit.descriptor;
