/** What files of certificates and keys hold. */
package dev.gatehouse.envoy.tls;
