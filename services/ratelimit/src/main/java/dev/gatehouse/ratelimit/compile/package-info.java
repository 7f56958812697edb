/** From a policy to what runs: expressions compiled and keys' readers made once, when the policy is loaded. */
package dev.gatehouse.ratelimit.compile;
