/** The words for requests that the cache refuses, in the provider's shape. May depend on {@code libs/exchange} and {@code libs/llm}. */
package dev.gatehouse.cache.reply;
