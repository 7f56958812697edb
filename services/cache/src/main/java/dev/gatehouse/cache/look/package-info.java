/**
 * Looking a live request up: its question, its vector that the whole chain shares, and the time that it may take. May depend on {@code ask},
 * {@code tier} and {@code libs/embedding}.
 */
package dev.gatehouse.cache.look;
