/** Which route a conversation is on, shared by replicas. May depend on {@code libs/state}. */
package dev.gatehouse.router.sticky;
