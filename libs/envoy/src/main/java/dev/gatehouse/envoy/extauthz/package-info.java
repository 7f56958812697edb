/**
 * {@code envoy.service.auth.v3.Authorization} over gRPC, and external authorization over HTTP, as neutral exchanges: requests
 * only, one decision each. What these cannot do (change a body, see a response) ends as
 * {@link dev.gatehouse.exchange.Failure.Impossible}.
 */
package dev.gatehouse.envoy.extauthz;
