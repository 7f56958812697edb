/**
 * What services keep between exchanges: values, in memory or in Redis behind one interface, and the one builder of their keys; limits
 * are in {@code limit}. Calls block, made for virtual threads, and end within a deadline.
 *
 * <p>May depend on {@code libs/exchange}, the Vert.x Redis client and Caffeine. No other library or service talks to Redis.
 */
package dev.gatehouse.state;
