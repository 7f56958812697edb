/**
 * One call of the model for equal questions at the same time, in this process and in all replicas. May depend on {@code libs/state} and the
 * JDK. Knows no policy and no answer.
 */
package dev.gatehouse.cache.flight;
