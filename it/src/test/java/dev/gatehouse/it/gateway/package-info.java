/**
 * The attachment chart on a real Envoy Gateway: it translates what Helm renders and runs a real Envoy. It listens on fixed ports (18000 to
 * 18002, 8081), so there is one at a time on a machine.
 */
package dev.gatehouse.it.gateway;
