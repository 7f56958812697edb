/** Replies to the client in its provider's shape, and the header fields that tell of its limits. They never name a key's values. */
package dev.gatehouse.ratelimit.reply;
