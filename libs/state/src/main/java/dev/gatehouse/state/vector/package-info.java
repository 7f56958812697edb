/**
 * Vectors with values, found by nearness: in memory or in Redis' vector sets behind one interface, {@link
 * dev.gatehouse.state.vector.Vectors}; and {@link dev.gatehouse.state.vector.Stock}, in which each owner has a cap over all its
 * sets.
 *
 * <p>May depend on {@code dev.gatehouse.state}, {@code libs/exchange}, Caffeine and Lucene's graph (in memory only).
 */
package dev.gatehouse.state.vector;
