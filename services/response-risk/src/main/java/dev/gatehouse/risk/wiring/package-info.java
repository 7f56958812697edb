/** The CDI skin of response-risk: configuration in, beans out. Everything else is made with {@code new}. */
package dev.gatehouse.risk.wiring;
