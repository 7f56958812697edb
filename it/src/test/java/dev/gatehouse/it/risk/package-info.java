/** response-risk at work behind a real Envoy: what a scenario cannot say, such as cancelled backends and cut streams. */
package dev.gatehouse.it.risk;
