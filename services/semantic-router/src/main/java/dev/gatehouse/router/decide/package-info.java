/**
 * Decides where a request goes, and says why: the one code path of live traffic and dry run. Knows no attachment and changes nothing.
 */
package dev.gatehouse.router.decide;
