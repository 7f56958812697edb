/**
 * What an identity may still spend, for services that choose a model or a backend: {@code gatehouse.v1.Budgets} over the limits of
 * policies. Depends on the packages that say what a request reserves; knows no container.
 */
package dev.gatehouse.ratelimit.peek;
