/** Policies made ready to run: detectors, moderators, what each rule does. */
package dev.gatehouse.risk.compile;
