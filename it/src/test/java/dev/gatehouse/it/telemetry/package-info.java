/** What a service tells of the exchanges it saw, and that nothing of a prompt is in it. */
package dev.gatehouse.it.telemetry;
