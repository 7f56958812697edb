/** The guard's way back through a real Envoy: framings, codings, splits, many streams at once, and the memory of conversations. */
package dev.gatehouse.it.unmask;
