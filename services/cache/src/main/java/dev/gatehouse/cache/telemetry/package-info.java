/** Meters, span attributes and log lines of the cache. They hold names of policies and reasons, never content. */
package dev.gatehouse.cache.telemetry;
