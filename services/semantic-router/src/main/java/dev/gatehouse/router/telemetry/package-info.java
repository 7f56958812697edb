/** What is recorded of decisions: names and numbers, never a text. */
package dev.gatehouse.router.telemetry;
