/**
 * Remembers the placeholders of a conversation between its turns, encrypted. May depend on {@code libs/exchange} and
 * {@code libs/state}; knows no policy and no provider.
 */
package dev.gatehouse.guard.vault;
