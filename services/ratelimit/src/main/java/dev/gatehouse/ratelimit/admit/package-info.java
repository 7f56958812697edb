/**
 * From a request to a reservation: which limits apply, what each counts of it, and one call of the store over all of them. Depends on
 * {@code libs/state}; knows no protocol and writes no replies.
 */
package dev.gatehouse.ratelimit.admit;
