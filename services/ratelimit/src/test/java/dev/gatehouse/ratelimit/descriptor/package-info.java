/** What the rate limit service decides and answers, alone and beside envoyproxy/ratelimit. */
package dev.gatehouse.ratelimit.descriptor;
