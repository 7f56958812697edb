/**
 * What an exchange used: read from the answer while it passes, and charged once at its end. Depends on {@code libs/llm},
 * {@code libs/tokens} and {@code libs/state}; knows no protocol and changes no answer, but for the usage that nobody asked for.
 */
package dev.gatehouse.ratelimit.settle;
