/**
 * What every Gatehouse service needs around its feature: the server for the host's callouts, telemetry, the dry-run endpoint.
 *
 * <ul>
 *   <li>{@code telemetry}: metrics and traces of exchanges</li>
 *   <li>{@code http}: the JSON and NDJSON endpoints of the management port, and the skin of ext_authz over HTTP</li>
 *   <li>{@code lifecycle}: start, readiness and graceful drain</li>
 * </ul>
 *
 * <p>May depend on Quarkus, {@code libs/exchange}, {@code libs/envoy}, {@code libs/policy} and {@code libs/kubernetes}; knows no feature.
 */
package dev.gatehouse.service;
