/**
 * References in an answer that send data somewhere when the reader's program loads or follows them. What stands in the address is judged:
 * its host, how it hides it, and what it carries.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream}, {@code pattern} and {@code leak}, and RE2/J.
 */
package dev.gatehouse.text.exfiltration;
