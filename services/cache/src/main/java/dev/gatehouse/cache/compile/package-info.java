/** Policies made ready to run. */
package dev.gatehouse.cache.compile;
