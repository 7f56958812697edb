/** Start, readiness and drain of a service, and its settings. */
package dev.gatehouse.service.lifecycle;
