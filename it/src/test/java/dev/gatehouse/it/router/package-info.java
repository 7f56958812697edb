/** The semantic router behind a real Envoy: which backend a request reaches, what it carries there, and what leaves candidates out. */
package dev.gatehouse.it.router;
