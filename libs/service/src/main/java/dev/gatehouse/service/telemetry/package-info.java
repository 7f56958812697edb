/** Micrometer meters and OpenTelemetry spans of exchanges. Nothing of a prompt or completion may reach them. */
package dev.gatehouse.service.telemetry;
