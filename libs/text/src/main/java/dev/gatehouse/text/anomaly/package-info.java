/**
 * Measures of a text's shape that ordinary prompts do not show: much invisible text, repetition, random characters, runs of symbols,
 * words that mix scripts, sheer length. They say that something is odd, not that it is an attack.
 *
 * <p>Depends on {@code dev.gatehouse.text} and {@code dev.gatehouse.text.view}.
 */
package dev.gatehouse.text.anomaly;
