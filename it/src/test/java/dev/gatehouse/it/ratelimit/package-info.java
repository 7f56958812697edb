/**
 * The rate limit service in the place of envoyproxy/ratelimit, behind a real Envoy: the same start, the same answers.
 */
package dev.gatehouse.it.ratelimit;
