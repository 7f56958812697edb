/**
 * The way back: puts the values behind this exchange's placeholders into the answer, while it passes. May depend on
 * {@code libs/exchange} and {@code libs/llm}; knows no policy.
 */
package dev.gatehouse.guard.unmask;
