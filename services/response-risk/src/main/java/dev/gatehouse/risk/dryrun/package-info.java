/** {@code POST /v1/inspect}: what would be done with this answer? Runs the same judge as live traffic. */
package dev.gatehouse.risk.dryrun;
