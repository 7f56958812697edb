/** What a client reads in an answer's place, in its provider's shape; it names policy and rules, never what was found. */
package dev.gatehouse.risk.reply;
