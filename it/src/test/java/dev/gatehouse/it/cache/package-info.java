/** The semantic cache as its neighbours, its store and hostile clients meet it: behind a real Envoy, in a chain, on a real Redis. */
package dev.gatehouse.it.cache;
