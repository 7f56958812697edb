/**
 * {@code SemanticCachePolicy}: whose answers may be shared, what is never cached, how many wrong hits are borne. Records only; knows no
 * store and no encoder.
 */
package dev.gatehouse.policy.cache;
