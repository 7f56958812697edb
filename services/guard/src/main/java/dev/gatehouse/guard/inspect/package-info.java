/**
 * The judgement of a prompt: which rules found what, and what follows. Dry run and live traffic both come here.
 */
package dev.gatehouse.guard.inspect;
