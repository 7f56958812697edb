/**
 * Measures of an answer as it grows: its length, and whether it turns in a circle. Their findings mark the place where it became so; no
 * text waits for them.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream}, and the JDK.
 */
package dev.gatehouse.text.shape;
