/**
 * Policies from a Kubernetes API server, and their status. The only module with a Kubernetes client. May depend on {@code libs/policy}
 * and the JDK; knows no feature and no container.
 */
package dev.gatehouse.kubernetes;
