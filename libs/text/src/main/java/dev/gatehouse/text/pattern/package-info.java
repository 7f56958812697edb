/**
 * What users look for themselves: patterns in RE2 syntax and word lists, and the keyword automaton under both the word lists and the
 * prefilter of signatures.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream} and {@code view}, and RE2/J.
 */
package dev.gatehouse.text.pattern;
