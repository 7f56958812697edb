/** The router's CDI skin: configuration in, beans out. Everything else is made with {@code new}. */
package dev.gatehouse.router.wiring;
