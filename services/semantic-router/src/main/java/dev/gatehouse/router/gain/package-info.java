/**
 * Whether the strong model is worth its price for a request, by logged labels: a model, its fitting, and the command that does it. May depend
 * on {@code libs/exchange} and {@code matrix}; the command alone on {@code libs/embedding} and Jackson.
 */
package dev.gatehouse.router.gain;
