/**
 * Who asks, for whom, in which conversation: the {@code identity} block that every policy shares, and its one resolver. Depends on
 * {@code libs/exchange} and the document records only.
 */
package dev.gatehouse.policy.identity;
