/**
 * Which policy applies to a request: the targets' levels and GEP-713's precedence over an immutable index. Depends on
 * {@code route} and the policies' common part.
 */
package dev.gatehouse.policy.resolve;
