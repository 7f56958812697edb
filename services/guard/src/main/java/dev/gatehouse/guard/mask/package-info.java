/** How a found value is replaced. Values live only as long as their exchange. */
package dev.gatehouse.guard.mask;
