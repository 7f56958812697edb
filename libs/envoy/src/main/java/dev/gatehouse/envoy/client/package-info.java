/** How our own gRPC clients connect to their servers. Depends on gRPC, Netty and the JDK. */
package dev.gatehouse.envoy.client;
