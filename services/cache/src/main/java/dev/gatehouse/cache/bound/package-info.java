/** The bound on wrong hits: adaptive thresholds, and learning from fresh answers. May depend on {@code verify} and {@code libs/state}. */
package dev.gatehouse.cache.bound;
