/**
 * From the bytes of a request to the texts that a model would read. Depends on {@code libs/llm}; decides nothing.
 */
package dev.gatehouse.guard.prompt;
