/** The prompt guard. */
package dev.gatehouse.guard;
