/**
 * The token rate limit: what a request may take is reserved before the model runs, what it took is settled after. Written against
 * {@code libs/exchange}; how the bytes came is no business of this package.
 */
package dev.gatehouse.ratelimit;
