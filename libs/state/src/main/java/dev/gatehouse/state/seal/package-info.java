/**
 * Encrypts what is kept in a store, with keys from a Secret, so that the store and its backups show nothing. May depend on
 * {@code dev.gatehouse.state} and the JDK.
 */
package dev.gatehouse.state.seal;
