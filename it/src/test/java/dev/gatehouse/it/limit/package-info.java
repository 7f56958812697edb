/** The token rate limit under load: streams that are cut, replicas that share a store, and a store that dies. */
package dev.gatehouse.it.limit;
