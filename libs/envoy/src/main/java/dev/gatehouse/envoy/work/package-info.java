/** The time a handler may work, and the watchdog that looks for exchanges that are over theirs. Depends on the JDK only. */
package dev.gatehouse.envoy.work;
