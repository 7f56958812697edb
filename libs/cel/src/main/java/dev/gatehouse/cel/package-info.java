/**
 * Expressions of policies in CEL (the Common Expression Language, https://cel.dev): compiled and type-checked when a policy is loaded,
 * evaluated within bounds on each request. Knows no policy and no request: who compiles says which variables there are.
 *
 * <p>May depend on {@code dev.cel} alone.
 */
package dev.gatehouse.cel;
