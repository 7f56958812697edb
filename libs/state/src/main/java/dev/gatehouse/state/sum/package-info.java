/**
 * Sums that replicas add to together: each tells what it has counted since it last told, and is told what the others have. Kept in Redis.
 *
 * <p>May depend on {@code dev.gatehouse.state} and the Vert.x Redis client. What the numbers stand for is the caller's.
 */
package dev.gatehouse.state.sum;
