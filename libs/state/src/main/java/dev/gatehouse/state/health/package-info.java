/**
 * How models and backends do, as all replicas and all services that send requests to them have seen it: outcomes go in, circuits come
 * out. {@link dev.gatehouse.state.health.SharedHealth} is what a request path asks; it never waits for the store, which is
 * {@link dev.gatehouse.state.health.HealthStore}, in memory or in Redis.
 *
 * <p>May depend on {@code dev.gatehouse.state}, the Vert.x Redis client and Caffeine. It knows no policy, no HTTP and no model: what is
 * a failure is the caller's to say.
 */
package dev.gatehouse.state.health;
