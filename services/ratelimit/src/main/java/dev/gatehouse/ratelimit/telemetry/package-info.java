/** Meters, span attributes and log lines of the rate limit. They hold names of policies and limits, never keys or content. */
package dev.gatehouse.ratelimit.telemetry;
