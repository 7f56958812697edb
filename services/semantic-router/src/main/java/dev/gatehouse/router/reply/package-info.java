/** The words for what the router refuses. */
package dev.gatehouse.router.reply;
