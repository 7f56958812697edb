/** What the management port answers: dry runs of decisions, through the one code path that live traffic takes. */
package dev.gatehouse.router.api;
