/**
 * Which keys a replica has seen lately, under names that may be shown: for operators' questions and warnings. Depends on
 * {@code admit} and {@code libs/state}.
 */
package dev.gatehouse.ratelimit.keys;
