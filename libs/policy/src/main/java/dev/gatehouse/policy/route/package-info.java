/**
 * HTTPRoutes and what request they match: by the attributes that Envoy sends, else by Gateway API's own precedence. Depends on
 * {@code libs/exchange}, the document records and RE2/J; knows no policy.
 */
package dev.gatehouse.policy.route;
