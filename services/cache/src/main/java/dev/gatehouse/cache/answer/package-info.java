/**
 * Answers: recorded while they pass, kept in a neutral form, and replayed in the asking client's protocol whatever form they came in. May
 * depend on {@code libs/exchange} and {@code libs/llm}; knows no policy, no store.
 */
package dev.gatehouse.cache.answer;
