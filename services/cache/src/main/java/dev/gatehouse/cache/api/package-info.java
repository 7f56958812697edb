/**
 * The operator's pages: would this be a hit ({@code POST /v1/lookup}), forget entries ({@code DELETE /v1/entries}), what was done
 * ({@code GET /v1/stats}). They run the look-up of live traffic and answer JSON; no page shows what anybody asked or was answered.
 *
 * <p>May depend on all packages of the cache but {@code wiring} and {@code simulate}, on {@code libs/service} for its routes and on Jackson.
 */
package dev.gatehouse.cache.api;
