/**
 * The configuration of a rate limit service, as its files say it and as a management server sends it ({@code
 * ratelimit.config.ratelimit.v3.RateLimitConfig}): plain records, not yet checked, and the ADS client that receives them.
 *
 * <p>Depends on gRPC, protobuf and the JDK.
 */
package dev.gatehouse.envoy.ratelimit.config;
