/**
 * Envoy's protocols, turned into the neutral exchange of {@code libs/exchange}: the gRPC server, and the trace context that
 * comes in gRPC metadata. The protocols have packages of their own: {@code extproc}, {@code extauthz}, {@code ratelimit}.
 *
 * <p>The only module that may know {@code io.envoyproxy}; depends on {@code libs/exchange}, gRPC and nothing else of Gatehouse.
 */
package dev.gatehouse.envoy;
