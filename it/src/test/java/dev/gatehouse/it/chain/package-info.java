/** The processes of a chain under test: Envoy, services and a backend that remembers what it was sent. */
package dev.gatehouse.it.chain;
