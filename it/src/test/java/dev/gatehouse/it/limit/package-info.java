/**
 * The bars of the token rate limit, end to end: nothing over a budget under concurrency, counters that equal what was delivered, Redis
 * that dies under load. The truth is always what the client received and what the model sent, never a counter of ours.
 */
package dev.gatehouse.it.limit;
