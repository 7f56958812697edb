/** Input that breaks products: each has a stated end. */
package dev.gatehouse.it.hostile;
