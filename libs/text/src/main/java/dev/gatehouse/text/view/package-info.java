/**
 * Readings of a text that undo evasion: the canonical reading (escapes, look-alikes, invisible characters and letter spacing undone)
 * and the payloads decoded from it. Every reading can say where in the original its characters stand, in UTF-16 offsets, so that what
 * is found in a reading is masked in the original.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream}, and the JDK only.
 */
package dev.gatehouse.text.view;
