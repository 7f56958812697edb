/** Finds many keywords in one pass. Depends on nothing; the detectors stand on it. */
package dev.gatehouse.text.keyword;
