/** Meters, span attributes and log lines of the guard. They hold names of policies, rules and categories, never content. */
package dev.gatehouse.guard.telemetry;
