/**
 * What services keep between exchanges: values and counters, in memory or in Redis behind one interface each, and the one builder of
 * their keys. Calls block, made for virtual threads, and end within a deadline.
 *
 * <p>May depend on {@code libs/exchange}, the Vert.x Redis client and Caffeine. No other library or service talks to Redis.
 */
package dev.gatehouse.state;
