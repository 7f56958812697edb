/** {@code POST /v1/inspect}: what would the guard do with this prompt? Runs the same judge and masker as live traffic. */
package dev.gatehouse.guard.dryrun;
