/**
 * Commands and code that do harm when they are run, by category. A text about a command is found like the command itself.
 *
 * <p>Depends on {@code dev.gatehouse.text}, its {@code stream} and {@code pattern}, and RE2/J.
 */
package dev.gatehouse.text.command;
