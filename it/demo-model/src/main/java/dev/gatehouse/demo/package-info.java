/**
 * A model that needs no GPU: an HTTP server that speaks the providers' formats and echoes what it was sent. It stands behind
 * {@code ./gatehouse up}, the end-to-end tests and the benchmarks. Depends on Vert.x and on nothing of Gatehouse, so that no
 * fault of ours can hide on both sides of a test.
 */
package dev.gatehouse.demo;
