/**
 * The status of policies in the API server: one replica, the leader, asks the others what they run and writes what GEP-713 wants to be
 * told. What is written is calculated in {@code libs/policy}.
 */
package dev.gatehouse.kubernetes.status;
