/** Which route a text belongs to, by examples: heads over embeddings. May depend on {@code libs/exchange} and
 * {@code matrix} alone. */
package dev.gatehouse.router.classify;
