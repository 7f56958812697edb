/**
 * Harmful content by category: word lists and patterns now, and the place of a model that scores texts.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream} and {@code pattern}, and RE2/J.
 */
package dev.gatehouse.text.content;
