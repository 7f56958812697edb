/**
 * {@code SemanticRoutingPolicy}: routes, what leads to them, and what becomes of candidates that do badly. Records that refuse what
 * cannot be.
 */
package dev.gatehouse.policy.routing;
