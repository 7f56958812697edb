/** Meters, span attributes and log lines. They hold names of policies, rules and categories, never content. */
package dev.gatehouse.risk.telemetry;
