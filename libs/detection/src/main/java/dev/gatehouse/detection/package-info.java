/**
 * Makes detectors of what policies say, for the services that look for the same things: personal data, secrets, patterns, words.
 *
 * <p>May depend on {@code libs/policy} and {@code libs/text}, which do not know each other.
 */
package dev.gatehouse.detection;
