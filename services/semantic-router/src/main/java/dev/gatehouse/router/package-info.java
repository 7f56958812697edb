/**
 * The semantic router: picks route and model from the meaning of a request, before the gateway matches the route for good.
 *
 * <p>Depends on {@code libs/exchange}, {@code libs/llm}, {@code libs/policy} and {@code libs/embedding}, and on its own packages. Knows
 * neither protobuf nor the container; only the package {@code wiring} does.
 */
package dev.gatehouse.router;
