/**
 * What a deployment of envoyproxy/ratelimit has set up, taken over as it is: its environment variables, its ports, its debug pages and
 * its metrics' names.
 *
 * <p>{@link dev.gatehouse.ratelimit.dropin.DropIn} depends on nothing but the JDK; the pages on the plain types of {@code descriptor}.
 */
package dev.gatehouse.ratelimit.dropin;
