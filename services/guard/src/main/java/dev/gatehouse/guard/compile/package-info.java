/** From a policy to what runs: detectors made once, when the policy is loaded. */
package dev.gatehouse.guard.compile;
