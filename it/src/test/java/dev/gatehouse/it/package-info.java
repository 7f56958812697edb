/**
 * End-to-end tests: the real services behind a real Envoy, asked as a client asks.
 *
 * <ul>
 *   <li>{@code chain}: starts and ends the processes of a chain</li>
 *   <li>{@code scenario}: runs the given/when/then scenarios of the services over every attachment</li>
 * </ul>
 *
 * <p>Needs {@code GATEHOUSE_ENVOY}, the path of an Envoy binary; without it the tests are skipped and say so.
 */
package dev.gatehouse.it;
