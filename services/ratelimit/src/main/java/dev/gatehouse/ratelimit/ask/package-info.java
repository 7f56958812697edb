/**
 * What a request asks for: model, input tokens, how long its answer may get, and the values of limits' keys. Reads, decides nothing.
 * Depends on {@code libs/llm}, {@code libs/tokens} and the policy's records.
 */
package dev.gatehouse.ratelimit.ask;
