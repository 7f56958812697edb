/** The cache's CDI skin: configuration in, beans out. Everything else is made with {@code new}. */
package dev.gatehouse.cache.wiring;
