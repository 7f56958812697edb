/** Conditions of policies as GEP-713 names them, made from a snapshot; writing them to Kubernetes is the source's business. */
package dev.gatehouse.policy.status;
