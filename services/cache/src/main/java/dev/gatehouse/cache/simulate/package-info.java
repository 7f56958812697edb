/**
 * {@code POST /v1/simulate}: what would the cache have done with this traffic? Rows of a trace go one after the other through the look-up of
 * live traffic, with a stock and a bound of their own in memory; what the rows say of their answers is read after a decision only.
 *
 * <p>May depend on all packages of the cache but {@code wiring}, on {@code libs/service} for its route and on Jackson.
 */
package dev.gatehouse.cache.simulate;
