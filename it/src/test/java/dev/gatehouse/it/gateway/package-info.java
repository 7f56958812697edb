/**
 * The attachment chart on real gateways: their control planes translate what Helm renders, and a real Envoy runs it. Envoy Gateway listens on
 * fixed ports (18000 to 18002, 8081), so there is one at a time on a machine.
 */
package dev.gatehouse.it.gateway;
