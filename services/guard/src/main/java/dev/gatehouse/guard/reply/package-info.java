/** Replies to the client in its provider's shape; they name policy and rules, never what was found. */
package dev.gatehouse.guard.reply;
