/** The guard is killed, hangs or is cut off: the table of failures in {@code docs/attachment.md}, as tests. */
package dev.gatehouse.it.failure;
