/** What expressions of a policy may ask of a request. May depend on {@code libs/llm}, {@code libs/cel}, {@code libs/policy},
 * {@code libs/tokens} and the language detector. */
package dev.gatehouse.router.signal;
