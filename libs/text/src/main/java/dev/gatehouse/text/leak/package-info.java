/**
 * What an answer gives away of its own request: stretches of the system text, and marks planted in it. Copies are found, word for word;
 * what a model says in other words is not.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream} and {@code pattern}, and the JDK.
 */
package dev.gatehouse.text.leak;
