/**
 * Policy documents: what every kind has in common (metadata, target references, how a kind is read and compiled).
 *
 * <p>Sub-packages: {@code document} reads YAML and JSON into records and knows where each field stands; {@code guard} and the like
 * hold one kind each; {@code identity} resolves who asks; {@code route} holds HTTPRoutes and Gateway API's matching;
 * {@code resolve} decides which policy applies to a request; {@code source} brings documents in from a folder; {@code status}
 * has the conditions of GEP-713.
 *
 * <p>May depend on {@code libs/exchange}, SnakeYAML (in {@code document} only) and RE2/J.
 */
package dev.gatehouse.policy;
