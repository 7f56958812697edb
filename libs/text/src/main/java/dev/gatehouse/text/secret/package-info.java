/**
 * Finds secrets in a text: provider tokens by a pack of rules, and unknown ones by the name they are assigned to.
 *
 * <p>One pass of a keyword automaton decides which rules can match at all and where; a rule's pattern runs only in a bounded window
 * at those places, so that a text without secrets costs one pass and work stays linear in the text's length. The pack is data
 * ({@code rules/*.rules}, format in the README beside them). May depend on {@code dev.gatehouse.text}, its {@code stream}, {@code keyword} and {@code pattern}, and RE2/J.
 */
package dev.gatehouse.text.secret;
