/**
 * Provider formats: which one a request speaks, which of its strings reach a model, what of it cannot be read, what a response says
 * and costs, and error bodies in the shape a client of that provider expects.
 *
 * <p>A format is a table of {@link dev.gatehouse.llm.Shape}s over a JSON document that keeps byte positions: only the fields that
 * matter are named, everything unknown is either returned as text of kind OTHER or left as it is. May depend on
 * {@code libs/exchange}, Jackson's streaming API, the decompressors and the JDK; it knows nothing of Envoy.
 */
package dev.gatehouse.llm;
