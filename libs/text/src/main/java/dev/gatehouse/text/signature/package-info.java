/**
 * Signatures of prompt injection and jailbreak. The rules are data ({@code signatures.rules}): word classes over many languages, and
 * sequences of classes with bounded gaps; a few are patterns with a literal that must occur first. They are matched against every reading
 * of a text in one pass each.
 *
 * <p>Depends on {@code dev.gatehouse.text}, {@code .view}, {@code .pattern} and RE2/J.
 */
package dev.gatehouse.text.signature;
